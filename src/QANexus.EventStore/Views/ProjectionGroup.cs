using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>The group of all projections: each is a lane, and a version that is being built is one more.</summary>
internal sealed class ProjectionGroup : ILaneSet
{
    private readonly ConcurrentDictionary<ViewVersion, ProjectionLane> lanes = new();
    private readonly Dictionary<SubscriptionName, Projection> projections;
    private readonly ViewCatalog catalog;
    private readonly IViewStore store;
    private readonly DeliveryServices services;
    private readonly ILogger<ProjectionGroup> logger;

    public ProjectionGroup(
        IEnumerable<Projection> projections, ViewCatalog catalog, IViewStore store, DeliveryServices services, ILogger<ProjectionGroup> logger)
    {
        (this.catalog, this.store, this.services, this.logger) = (catalog, store, services, logger);
        this.projections = [];
        foreach (var projection in projections.DistinctBy(static projection => (projection.GetType(), projection.View)))
        {
            if (!this.projections.TryAdd(projection.View, projection))
            {
                throw new InvalidOperationException($"Two projections keep the view '{projection.View}'.");
            }
        }
    }

    public SubscriptionName Name => SubscriptionGroups.Views;

    public IReadOnlyList<SubscriptionName> Handlers => [.. projections.Keys.OrderBy(static view => view.Value, StringComparer.Ordinal)];

    public async ValueTask<IReadOnlyList<ILane>> LanesForAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (projections.Count == 0)
        {
            return [];
        }

        var views = await catalog.GetAsync(tenant, cancellationToken);
        var found = new List<ILane>();
        foreach (var view in projections.Keys)
        {
            found.Add(LaneOf(views.Active(view)));
            if (views.Building(view) is { } building)
            {
                found.Add(LaneOf(building));
            }
        }

        return found;
    }

    public bool Keeps(SubscriptionName view) => projections.ContainsKey(view);

    /// <summary>The lane that readers see.</summary>
    public async ValueTask<ProjectionLane> ActiveLaneAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        LaneOf((await catalog.GetAsync(tenant, cancellationToken)).Active(view));

    public ProjectionLane LaneOf(ViewVersion version) =>
        lanes.GetOrAdd(version, _ => new ProjectionLane(projections[version.View], version, store, services, logger));
}
