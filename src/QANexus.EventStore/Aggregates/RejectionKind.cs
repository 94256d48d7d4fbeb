namespace QANexus.EventStore.Aggregates;

/// <summary>What kind of rule says no to a command.</summary>
public enum RejectionKind
{
    /// <summary>The command would break something that must always hold.</summary>
    Invariant,

    /// <summary>The command is not for the status that the aggregate is in.</summary>
    Transition,
}
