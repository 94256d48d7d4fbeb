using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>An event cannot be folded into the state of its aggregate. Never passed over: the state would be wrong.</summary>
public sealed class FoldFailedException(StreamId stream, long version, EventType type, string detail, Exception? innerException = null)
    : EventStoreException($"Event {version} of stream {stream}, a {type}, cannot be folded into its aggregate: {detail}.", innerException)
{
    /// <summary>The stream.</summary>
    public StreamId Stream { get; } = stream;

    /// <summary>Which of its events.</summary>
    public long Version { get; } = version;

    /// <summary>The event's type.</summary>
    public EventType Type { get; } = type;
}
