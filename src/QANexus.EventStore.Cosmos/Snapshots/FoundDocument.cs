using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>A snapshot with the document that it came from.</summary>
internal sealed record FoundDocument(StreamId Stream, Snapshot? Snapshot, SnapshotDocument Document) : FoundSnapshot(Stream, Snapshot);
