using QANexus.EventStore.Failures;

namespace QANexus.Api.TestReports;

/// <summary>An import broke off: part of the run may be stored. Repeating it goes on from there.</summary>
/// <param name="cause">What broke it off.</param>
internal sealed class ImportUnfinishedException(Exception cause) : EventStoreException("The import is not finished; repeat it.", cause)
{
    private static readonly TimeSpan StoppingDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before repeating it.</summary>
    public TimeSpan RetryAfter { get; } = cause switch
    {
        StoreThrottledException throttled => throttled.RetryAfter,
        StoreUnavailableException unavailable => unavailable.RetryAfter,
        AppendOutcomeUnknownException unknown => unknown.RetryAfter,
        _ => StoppingDelay,
    };

    /// <summary>Whether it is for want of request units.</summary>
    public bool IsThrottled => InnerException is StoreThrottledException;

    /// <summary>Whether <paramref name="failure"/> breaks an import off in a way that may pass.</summary>
    public static bool IsCausedBy(Exception failure) =>
        failure is StoreThrottledException or StoreUnavailableException or AppendOutcomeUnknownException or OperationCanceledException;
}
