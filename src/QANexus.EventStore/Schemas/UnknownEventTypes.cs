namespace QANexus.EventStore.Schemas;

/// <summary>What becomes of appended events whose type the catalogue does not know.</summary>
public enum UnknownEventTypes
{
    /// <summary>They are stored like any other.</summary>
    Accepted,

    /// <summary>Their append is refused.</summary>
    Refused,
}
