using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>Takes snapshots of streams whose aggregates are registered. Off the path of commands: a consumer of the change feed calls it.</summary>
public interface ISnapshotTaker
{
    /// <summary>Bytes of a snapshot's document at most; the state of a larger one is folded from its events every time.</summary>
    const int MaxBytes = 1_500_000;

    /// <summary>Takes one now, unless the newest is at the stream's end.</summary>
    /// <exception cref="EventStoreException">The events cannot be read, upcast or folded.</exception>
    Task<SnapshotOutcome> TakeAsync(TenantId tenant, StreamId stream, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one if the definition's policy says so. Nothing is read where the policy can say no from <paramref name="reached"/> and memory, one point
    /// read is all where it says no.
    /// </summary>
    /// <param name="tenant">Whose stream.</param>
    /// <param name="stream">Which.</param>
    /// <param name="reached">A position that the stream is known to have reached.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="EventStoreException">The events cannot be read, upcast or folded.</exception>
    Task<SnapshotOutcome> TakeIfDueAsync(TenantId tenant, StreamId stream, StreamPosition reached, CancellationToken cancellationToken);
}
