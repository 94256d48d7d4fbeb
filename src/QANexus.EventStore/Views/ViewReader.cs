using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Reads the version in force of projected views, and views that a subscriber writes.</summary>
/// <param name="projections">The views that projections keep.</param>
/// <param name="subscribers">The group of the subscribers, of which some read views themselves: it is asked for when it is needed.</param>
/// <param name="written">The views that subscribers write.</param>
/// <param name="store">Where the documents are.</param>
/// <param name="services">What deliveries need.</param>
internal sealed class ViewReader(
    ProjectionGroup projections, Func<SubscriberGroup> subscribers, IEnumerable<SubscriberView> written, IViewStore store, DeliveryServices services) : IViewReader
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<SubscriptionName> written = [.. written.Select(static view => view.View)];

    public bool Exists(SubscriptionName view) => projections.Keeps(view) || written.Contains(view);

    public async Task<ViewAnswer<ViewDocument?>> FindAsync(
        TenantId tenant, SubscriptionName view, ViewId id, StreamReached? atLeast, CancellationToken cancellationToken)
    {
        var meter = new DeliveryMeter();
        await WaitAsync(tenant, view, atLeast, meter, cancellationToken);
        var found = await store.LoadAsync(tenant, await VersionOfAsync(tenant, view, cancellationToken), [id.Value], meter, cancellationToken);
        return new ViewAnswer<ViewDocument?>(found.Values.Select(ToDocument).FirstOrDefault(), meter.Total);
    }

    public async Task<ViewAnswer<ViewPage>> ListAsync(
        TenantId tenant, SubscriptionName view, ViewId? after, int maxCount, StreamReached? atLeast, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxCount, IViewReader.LargestMaxCount);
        var meter = new DeliveryMeter();
        await WaitAsync(tenant, view, atLeast, meter, cancellationToken);
        var version = await VersionOfAsync(tenant, view, cancellationToken);
        var found = await store.ListAsync(tenant, version, after?.Value, maxCount + 1, meter, cancellationToken);
        var page = found.Take(maxCount).Select(ToDocument).OfType<ViewDocument>().ToList();
        return new ViewAnswer<ViewPage>(new ViewPage(page, found.Count > maxCount ? page[^1].Id : null), meter.Total);
    }

    private async ValueTask<ViewVersion> VersionOfAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        projections.Keeps(view) ? (await projections.ActiveLaneAsync(tenant, view, cancellationToken)).Version : new ViewVersion(view, 1);

    private async Task WaitAsync(
        TenantId tenant, SubscriptionName view, StreamReached? atLeast, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        if (atLeast is not { } wanted)
        {
            return;
        }

        var started = services.Time.GetTimestamp();
        while (!await HasReachedAsync(tenant, view, wanted, meter, cancellationToken))
        {
            if (services.Time.GetElapsedTime(started) >= IViewReader.AtLeastTimeout)
            {
                throw new StoreUnavailableException($"View {view} has not reached {wanted.Position} of stream {wanted.Stream}.", TimeSpan.FromSeconds(1));
            }

            await Task.Delay(Poll, services.Time, cancellationToken);
        }
    }

    /// <summary>Its checkpoint is there, or nothing of interest to the view lies between the two.</summary>
    private async Task<bool> HasReachedAsync(
        TenantId tenant, SubscriptionName view, StreamReached wanted, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        ILane lane = projections.Keeps(view) ? await projections.ActiveLaneAsync(tenant, view, cancellationToken) : subscribers().Lane;
        if (!lane.Takes(wanted.Stream))
        {
            return true;
        }

        var session = await lane.OpenAsync(tenant, [wanted.Stream], meter, cancellationToken);
        var position = session.PositionOf(wanted.Stream);
        if (position.From.Commit >= wanted.Position.Commit)
        {
            return true;
        }

        if (position.IsBlocked)
        {
            return false;
        }

        var between = await services.Commits.ReadRangeAsync(
            new StreamKey(tenant, wanted.Stream), position.From.Commit, wanted.Position.Commit, lane.Interest, meter, cancellationToken);
        return between.Commits is [.., { Number: var last }] && last == wanted.Position.Commit && !between.Commits.Any(lane.Interest.TakesAny);
    }

    private static ViewDocument? ToDocument(StoredView view) =>
        view.Data is { } data && ViewId.TryParse(view.Id, out var id) ? new ViewDocument(id, data, view.Through) : null;
}

/// <summary>A view that a subscriber writes document by document.</summary>
internal sealed record SubscriberView(SubscriptionName View);
