using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Querying;

/// <summary>A place in the order of a tenant query: by <c>storedAt</c>, then stream and version, in the direction of the query.</summary>
/// <param name="StoredAt">When the last event returned was stored.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its version.</param>
public sealed record EventCursor(DateTimeOffset StoredAt, StreamId Stream, long Version);
