namespace QANexus.EventStore.Failures;

/// <summary>The store did not answer, has not reached the position asked for, or other writers won too often. Nothing was written.</summary>
public sealed class StoreUnavailableException(string message, TimeSpan retryAfter, Exception? innerException = null)
    : EventStoreException(message, innerException)
{
    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
