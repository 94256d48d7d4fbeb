using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>A redaction began and did not come to its end: the data of some events of the id may still be there. Repeating it finishes it.</summary>
public sealed class RedactionUnfinishedException(EventId eventId, TimeSpan retryAfter, Exception? innerException = null)
    : EventStoreException($"The redaction of event '{eventId}' is not finished; repeat it.", innerException)
{
    /// <summary>The id that was to be redacted.</summary>
    public EventId EventId { get; } = eventId;

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
