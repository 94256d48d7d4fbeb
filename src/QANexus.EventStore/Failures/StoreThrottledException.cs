namespace QANexus.EventStore.Failures;

/// <summary>The store has no request units left for the operation. Nothing was written.</summary>
public sealed class StoreThrottledException(TimeSpan retryAfter, Exception? innerException = null)
    : EventStoreException($"The store is throttled; try again in {retryAfter.TotalSeconds:0.###} s.", innerException)
{
    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
