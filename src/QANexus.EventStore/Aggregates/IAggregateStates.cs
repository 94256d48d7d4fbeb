using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>The states of all registered aggregates, by the type in their streams' names.</summary>
public interface IAggregateStates
{
    /// <summary>Whether an aggregate of that type is registered.</summary>
    bool Knows(AggregateType type);

    /// <summary>Folds an aggregate, now or as it was.</summary>
    /// <returns>Null where there was nothing: no event, no event of that version, or no aggregate of that type is registered.</returns>
    /// <exception cref="ArgumentException">Both a version and a time are asked for.</exception>
    /// <exception cref="FoldFailedException">An event cannot be folded.</exception>
    /// <exception cref="CorruptStreamException">What is stored contradicts itself.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or has not reached the position asked for in time.</exception>
    Task<AggregateState?> ReadAsync(ITenantEventStore store, StreamId stream, StateReadOptions options, CancellationToken cancellationToken);
}
