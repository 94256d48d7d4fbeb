using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Bugs.Metrics;

/// <summary>What releases need to know of bugs, and no more.</summary>
public interface IBugMetrics
{
    /// <summary>The tenant's bugs that a release has to answer for. Where they cannot be counted it fails: no answer is not the answer none.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<BugMetrics> MeasureAsync(TenantId tenant, CancellationToken cancellationToken);
}
