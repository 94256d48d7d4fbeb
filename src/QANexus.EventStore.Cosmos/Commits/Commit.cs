using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>A commit document as read: one append, or a part of a large one.</summary>
internal sealed record Commit
{
    public required long Number { get; init; }

    public required StreamId Stream { get; init; }

    public required CommitId CommitId { get; init; }

    public required string Fingerprint { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    public CommitPart? Part { get; init; }

    /// <summary>How often the document was replaced by a redaction; 0 for one that is as it was appended.</summary>
    public long Revision { get; init; }

    /// <summary>Its events in order, at least one.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    public long FirstVersion => Events[0].Version;

    public StreamPosition End => new(Number, Events[^1].Version);
}
