using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Views;

/// <summary>The last event that changed a document.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Commit">Its commit.</param>
/// <param name="Version">Its version.</param>
/// <param name="StoredAt">When it was stored.</param>
public sealed record ViewPosition(StreamId Stream, long Commit, long Version, DateTimeOffset StoredAt);
