using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.TestRuns;

/// <summary>The pass rates of runs that were completed and not given up since.</summary>
public interface IPassRateHistory
{
    /// <summary>The newest of them, the last completed first; how many is up to whoever keeps them.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="releaseId">Those that speak for this release; null for all of the tenant.</param>
    /// <param name="run">The run that asks: what is answered knows of it.</param>
    /// <param name="position">How far that run has come.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or the history has not reached the position in time.</exception>
    Task<IReadOnlyList<PastPassRate>> NewestAsync(
        TenantId tenant, string? releaseId, StreamId run, StreamPosition position, CancellationToken cancellationToken);
}

/// <summary>The pass rate of a completed run.</summary>
/// <param name="TestRunId">Which run.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Rate">Passed of executed tests, exact.</param>
public sealed record PastPassRate(string TestRunId, DateTimeOffset CompletedAt, PassRate Rate);
