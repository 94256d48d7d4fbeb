using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>A state of an aggregate that the store wrote earlier.</summary>
/// <param name="Position">Up to where events are folded into it.</param>
/// <param name="LatestStoredAt">No event in it was stored later than that.</param>
/// <param name="State">The state in JSON.</param>
internal sealed record Snapshot(StreamPosition Position, DateTimeOffset LatestStoredAt, string State);
