using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.Api.Tests.Hosting;

/// <summary>One view, <c>list</c>, with the documents that a test says, and no rebuild under way.</summary>
internal sealed class ScriptedViews : IViewReader, IViewRebuilds
{
    public List<ViewDocument> Documents { get; } = [];

    public bool Exists(SubscriptionName view) => view.Value == "list";

    public Task<ViewAnswer<ViewDocument?>> FindAsync(
        TenantId tenant, SubscriptionName view, ViewId id, StreamReached? atLeast, CancellationToken cancellationToken) =>
        Task.FromResult(new ViewAnswer<ViewDocument?>(Documents.Find(document => document.Id == id), RequestCharge: 1));

    public Task<ViewAnswer<ViewPage>> ListAsync(
        TenantId tenant, SubscriptionName view, ViewId? after, int maxCount, StreamReached? atLeast, CancellationToken cancellationToken)
    {
        var rest = Documents.SkipWhile(document => after is { } last && string.CompareOrdinal(document.Id.Value, last.Value) <= 0).ToList();
        ViewDocument[] page = [.. rest.Take(maxCount)];
        return Task.FromResult(new ViewAnswer<ViewPage>(new ViewPage(page, rest.Count > page.Length ? page[^1].Id : null), RequestCharge: 1));
    }

    Task<RebuildStatus?> IViewRebuilds.RequestAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        Task.FromResult<RebuildStatus?>(null);

    Task<RebuildStatus?> IViewRebuilds.FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        Task.FromResult<RebuildStatus?>(null);
}
