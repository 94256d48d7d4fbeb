namespace QANexus.EventStore.Snapshots;

/// <summary>What became of an attempt to take a snapshot.</summary>
public enum SnapshotOutcome
{
    /// <summary>It is written.</summary>
    Taken,

    /// <summary>The policy asks for none yet, or the newest is at the stream's end.</summary>
    NotDue,

    /// <summary>Something else was written meanwhile, a newer snapshot or a redaction's tombstone: that stays.</summary>
    Superseded,

    /// <summary>
    /// A redaction is under way whose effect the events read do not show yet, or nobody can read what redactions ask for: such a state is not kept.
    /// </summary>
    RedactionPending,

    /// <summary>The document would be larger than <see cref="ISnapshotTaker.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>The store was throttled or did not answer; a later attempt will do.</summary>
    Failed,

    /// <summary>No aggregate is registered for streams of this type.</summary>
    UnknownAggregate,
}
