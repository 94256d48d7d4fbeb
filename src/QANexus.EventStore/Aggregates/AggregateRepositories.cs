using Microsoft.Extensions.Options;

namespace QANexus.EventStore.Aggregates;

/// <summary>The way to the repositories of one kind of aggregate, and the memory that they share. One instance serves the process.</summary>
public sealed class AggregateRepositories<TState>(AggregateDefinition<TState> definition, IOptions<AggregateOptions> options, TimeProvider time)
    where TState : class
{
    private readonly StateCache<TState> cache = new(options.Value.CacheSize, options.Value.CacheLifetime, time);

    /// <summary>The repository of the tenant whose store this is.</summary>
    public AggregateRepository<TState> For(ITenantEventStore store) => new(definition, store, cache, options.Value, time);
}
