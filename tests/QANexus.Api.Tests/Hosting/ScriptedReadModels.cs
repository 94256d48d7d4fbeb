using System.Text;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.Api.Tests.Hosting;

/// <summary>Views and subscriptions that say what a test wants, and remember what they were asked.</summary>
internal sealed class ScriptedReadModels : IViewReader, IViewRebuilds, ISubscriptionOperations
{
    public static SubscriptionName View { get; } = SubscriptionName.Parse("stream-list");

    public static ParkedStream Parked { get; } = new(
        StreamId.Parse("Bug:b1"), SubscriptionName.Parse("audit-trail"), 7, EventId.At(StreamId.Parse("Bug:b1"), 9), EventType.Parse("Reported"),
        "InvalidOperationException: no", 5, ApiHost.Start, ApiHost.Start.AddSeconds(2.5));

    public List<ViewDocument> Documents { get; } = [];

    public List<string> Asked { get; } = [];

    public RebuildStatus? Rebuild { get; set; }

    /// <summary>The view does not reach what readers wait for.</summary>
    public bool IsBehind { get; set; }

    public static ViewDocument Document(string id, ViewPosition? through = null) =>
        new(ViewId.Parse(id), Encoding.UTF8.GetBytes("""{"n":1.10}"""), through);

    public bool Exists(SubscriptionName view) => view == View || view.Value == "audit-trail";

    public Task<ViewAnswer<ViewDocument?>> FindAsync(
        TenantId tenant, SubscriptionName view, ViewId id, StreamReached? atLeast, CancellationToken cancellationToken)
    {
        Wait(atLeast);
        return Task.FromResult(new ViewAnswer<ViewDocument?>(Documents.Find(document => document.Id == id), 1.5));
    }

    public Task<ViewAnswer<ViewPage>> ListAsync(
        TenantId tenant, SubscriptionName view, ViewId? after, int maxCount, StreamReached? atLeast, CancellationToken cancellationToken)
    {
        Wait(atLeast);
        var left = Documents.Where(document => after is null || string.CompareOrdinal(document.Id.Value, after.Value.Value) > 0).ToList();
        var page = left.Take(maxCount).ToList();
        return Task.FromResult(new ViewAnswer<ViewPage>(new ViewPage(page, left.Count > page.Count ? page[^1].Id : null), 2.5));
    }

    public Task<RebuildStatus?> RequestAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        Task.FromResult(view == View ? Rebuild ??= new RebuildStatus(view, RebuildState.Waiting, 0, 3, ApiHost.Start) : null);

    Task<RebuildStatus?> IViewRebuilds.FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) => Task.FromResult(Rebuild);

    public Task<IReadOnlyList<SubscriptionStatus>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SubscriptionStatus>>(
            [new SubscriptionStatus(SubscriptionGroups.Views, [View], 3, TimeSpan.FromSeconds(1.25), 1, IsLagExact: true)]);

    public Task<IReadOnlyList<ParkedStream>?> ParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken) =>
        Answer(group, "parked");

    public Task<IReadOnlyList<ParkedStream>?> RetryAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, CancellationToken cancellationToken) =>
        Answer(group, $"retry {stream} {handler}");

    public Task<IReadOnlyList<ParkedStream>?> SkipAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, string reason, string by, CancellationToken cancellationToken) =>
        Answer(group, $"skip {stream} {handler} {reason} {by}");

    private Task<IReadOnlyList<ParkedStream>?> Answer(SubscriptionName group, string asked)
    {
        Asked.Add(asked);
        return Task.FromResult<IReadOnlyList<ParkedStream>?>(group == SubscriptionGroups.Subscribers ? [Parked] : null);
    }

    private void Wait(StreamReached? atLeast)
    {
        Asked.Add($"{atLeast?.Stream} {atLeast?.Position}");
        if (IsBehind && atLeast is not null)
        {
            throw new StoreUnavailableException("It has not reached it.", TimeSpan.FromSeconds(1));
        }
    }
}
