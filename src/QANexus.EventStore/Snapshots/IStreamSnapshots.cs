using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>The snapshots of one tenant's streams, and the reads that begin with one.</summary>
internal interface IStreamSnapshots
{
    /// <summary>Reads the snapshot and the newest events at once, and whatever is missing between in a second round trip.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="schema">The fingerprint that a snapshot must have to be used.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="EventStoreException">The events cannot be read or upcast. A snapshot that is wrong is passed over and reported.</exception>
    Task<StreamLoad> LoadAsync(StreamId stream, string schema, CancellationToken cancellationToken);

    /// <summary>Reads the snapshot alone.</summary>
    Task<FoundSnapshot> FindAsync(StreamId stream, string schema, CancellationToken cancellationToken);

    /// <summary>Reads every event after a snapshot that was read before; every event of the stream where that is none.</summary>
    /// <inheritdoc cref="LoadAsync" path="/exception"/>
    Task<StreamLoad> LoadAfterAsync(FoundSnapshot found, CancellationToken cancellationToken);

    /// <summary>Keeps a state, if what was found when it was loaded is still what is kept. Never throws for the store's sake: it can be done without.</summary>
    /// <param name="load">What the state was folded from.</param>
    /// <param name="schema">The fingerprint of the state.</param>
    /// <param name="state">The state in JSON, after the last event of <paramref name="load"/>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<SnapshotWrite> WriteAsync(StreamLoad load, string schema, string state, CancellationToken cancellationToken);
}
