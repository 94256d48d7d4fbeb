using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>A state in the JSON of its definition, for whoever does not know its class.</summary>
/// <param name="Stream">Which aggregate.</param>
/// <param name="Json">The state.</param>
/// <param name="Version">The last event in it.</param>
/// <param name="Commit">The commit that this event is in.</param>
/// <param name="Position">Where to append; null for a state of the past.</param>
/// <param name="RequestCharge">Request units spent.</param>
public sealed record AggregateState(
    StreamId Stream, ReadOnlyMemory<byte> Json, long Version, long Commit, StreamPosition? Position, double RequestCharge);
