using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Subscriptions;

/// <summary>A commit as read from the store for delivery.</summary>
internal sealed record StoredCommit
{
    public required CommitAddress Address { get; init; }

    /// <summary>Its events in order, as stored; none where it cannot be read.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>How often it was redacted.</summary>
    public long Revision { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public CorruptStreamException? Damage { get; init; }

    public long Number => Address.Number;
}
