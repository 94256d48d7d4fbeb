using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>The way to the repositories of one kind of aggregate, and the memory that they share. One instance serves the process.</summary>
public sealed class AggregateRepositories<TState> : IStreamMemory
    where TState : class
{
    private readonly AggregateDefinition<TState> definition;
    private readonly EventUpcaster upcaster;
    private readonly ISnapshotStore? snapshots;
    private readonly string schema;
    private readonly StateCache<TState> cache;
    private readonly AggregateOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Repositories that fold every stream from its first event on.</summary>
    /// <param name="definition">The kind of aggregate.</param>
    /// <param name="upcaster">Brings stored events to their latest form.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    public AggregateRepositories(
        AggregateDefinition<TState> definition, EventUpcaster upcaster, IOptions<AggregateOptions> options, TimeProvider time)
        : this(definition, upcaster, snapshots: null, options, time, NullLogger.Instance)
    {
    }

    internal AggregateRepositories(
        AggregateDefinition<TState> definition,
        EventUpcaster upcaster,
        ISnapshotStore? snapshots,
        IOptions<AggregateOptions> options,
        TimeProvider time,
        ILogger logger)
    {
        this.definition = definition;
        this.upcaster = upcaster;
        this.snapshots = snapshots;
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        schema = StateSchema.FingerprintOf(definition, upcaster.Catalog);
        cache = new StateCache<TState>(options.Value.CacheSize, options.Value.CacheLifetime, time);
    }

    /// <summary>What the aggregates are.</summary>
    public AggregateDefinition<TState> Definition => definition;

    /// <summary>The repository of the tenant whose store this is.</summary>
    public AggregateRepository<TState> For(ITenantEventStore store)
    {
        var fold = FoldFor(store.Tenant);
        var loads = new StateLoads<TState>(definition, store, cache, fold, options.KeepSnapshotsOnLoad, time);
        return new AggregateRepository<TState>(
            definition, upcaster, store, loads, new PastFold<TState>(definition, upcaster, store, fold), options, time);
    }

    /// <summary>Null where no snapshots are kept.</summary>
    internal SnapshotFold<TState>? FoldFor(TenantId tenant) =>
        snapshots is null ? null : new SnapshotFold<TState>(definition, snapshots.ForTenant(tenant), schema, logger);

    void IStreamMemory.Forget(TenantId tenant, StreamId stream) => cache.Remove(tenant, stream);
}
