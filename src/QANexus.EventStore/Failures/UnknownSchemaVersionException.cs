using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>An event is of a newer version of its type than this build knows. It is neither read as an older one nor written.</summary>
/// <param name="type">The type.</param>
/// <param name="version">The version of the event.</param>
/// <param name="latestKnown">The latest version that this build knows.</param>
public sealed class UnknownSchemaVersionException(EventType type, int version, int latestKnown)
    : EventStoreException($"{type} v{version} is newer than this build, which knows {type} up to v{latestKnown}.")
{
    /// <summary>The type.</summary>
    public EventType Type { get; } = type;

    /// <summary>The version of the event.</summary>
    public int Version { get; } = version;

    /// <summary>The latest version that this build knows.</summary>
    public int LatestKnown { get; } = latestKnown;
}
