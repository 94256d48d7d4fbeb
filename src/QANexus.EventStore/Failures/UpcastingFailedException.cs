using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>
/// A stored event could not be brought to its latest version: a transform or a look-up threw, or what it made is not an event's data. The read that
/// met it fails as a whole; nothing was written.
/// </summary>
/// <param name="type">The type that the event is stored as.</param>
/// <param name="version">The schema version that it is stored in.</param>
/// <param name="step">The step that failed, <c>RequirementApproved v2 to v3</c> for one.</param>
/// <param name="detail">What went wrong, without anything of the event's data.</param>
/// <param name="innerException">What the step threw; its message may quote the data.</param>
public sealed class UpcastingFailedException(EventType type, int version, string step, string detail, Exception? innerException = null)
    : EventStoreException($"An event stored as {type} v{version} cannot be upcast at step '{step}': {detail}.", innerException)
{
    /// <summary>The type that the event is stored as.</summary>
    public EventType Type { get; } = type;

    /// <summary>The schema version that the event is stored in.</summary>
    public int Version { get; } = version;

    /// <summary>The step that failed.</summary>
    public string Step { get; } = step;
}
