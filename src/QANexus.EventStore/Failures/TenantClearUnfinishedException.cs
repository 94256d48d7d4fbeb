using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>
/// A clear began and was interrupted: nothing of what the tenant had can be reached any more, but not all of it is deleted. Repeating it goes on.
/// </summary>
public sealed class TenantClearUnfinishedException(TenantId tenant, TimeSpan retryAfter, Exception? innerException = null)
    : EventStoreException($"The clear of tenant '{tenant}' is not finished; repeat it.", innerException)
{
    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; } = tenant;

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
