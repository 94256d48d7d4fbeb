using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>What is stored contradicts the storage model: a gap in the commit numbers, or a document that cannot be read. Never skipped.</summary>
public sealed class CorruptStreamException(StreamId stream, string detail, Exception? innerException = null)
    : EventStoreException($"Stream {stream} is damaged: {detail}", innerException)
{
    /// <summary>The stream that is damaged.</summary>
    public StreamId Stream { get; } = stream;
}
