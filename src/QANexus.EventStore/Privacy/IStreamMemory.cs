using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Privacy;

/// <summary>Something of this process that keeps what it made of a stream's events. A redaction makes it forget, before it answers.</summary>
internal interface IStreamMemory
{
    /// <summary>Forgets what is kept of the stream. What is under way of being folded may come after it: no memory lasts longer than a minute.</summary>
    void Forget(TenantId tenant, StreamId stream);
}
