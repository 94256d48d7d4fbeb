using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.TestRuns;

/// <summary>Compares a run that has ended with the one before it: that of the same release, or of the tenant where it speaks for none.</summary>
public sealed class TestRunAnalysis(AggregateRepositories<TestRunState> runs, IPassRateHistory history)
{
    /// <summary>A decision on the history as it is now, the same however often it is made.</summary>
    /// <param name="store">The tenant's.</param>
    /// <param name="id">Which run.</param>
    /// <param name="cancellationToken">Cancels the gathering.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or the history does not know of the run yet.</exception>
    public async Task<Func<TestRunState, Decision>> PrepareAsync(ITenantEventStore store, AggregateId id, CancellationToken cancellationToken)
    {
        var run = await runs.For(store).LoadAsync(id, cancellationToken);
        var past = TestRunLife.HasResults(run.State.Status)
            ? await history.NewestAsync(
                store.Tenant, run.State.ReleaseId, new StreamId(AggregateType.Parse(TestRunAggregate.TypeName), id), run.Position, cancellationToken)
            : [];
        return state => state.Analyze(Before(past, state));
    }

    private static PassRate? Before(IReadOnlyList<PastPassRate> past, TestRunState run) => past.FirstOrDefault(other =>
        other.CompletedAt < run.CompletedAt
        || (other.CompletedAt == run.CompletedAt && string.CompareOrdinal(other.TestRunId, run.Id) < 0))?.Rate;
}
