namespace QANexus.EventStore.Upcasting;

/// <summary>What an upcasting step does with an event.</summary>
public enum UpcastStepKind
{
    /// <summary>Brings it to a later version of its type.</summary>
    Transform,

    /// <summary>Makes it an event of another type.</summary>
    Rename,

    /// <summary>Makes it several events.</summary>
    Split,

    /// <summary>Leaves it out, always, or where a condition holds.</summary>
    Drop,
}
