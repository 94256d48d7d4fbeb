using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>What is kept as a stream's snapshot, as it was read; derived from by whatever reads it, to know it again when it is replaced.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Snapshot">The snapshot, where there is one that can be used.</param>
internal abstract record FoundSnapshot(StreamId Stream, Snapshot? Snapshot)
{
    /// <summary>Request units that reading it alone took; 0 where it was read beside the events.</summary>
    public double RequestCharge { get; init; }

    /// <summary>Up to where the stream need not be read.</summary>
    public StreamPosition Position => Snapshot?.Position ?? StreamPosition.Start;
}
