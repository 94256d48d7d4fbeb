namespace QANexus.EventStore.Upcasting;

/// <summary>What becomes of a stored event.</summary>
public enum UpcastOutcome
{
    /// <summary>It is in its latest form already.</summary>
    Unchanged,

    /// <summary>It becomes another event, or several.</summary>
    Changed,

    /// <summary>It is left out.</summary>
    Dropped,

    /// <summary>It cannot be read.</summary>
    Failed,
}
