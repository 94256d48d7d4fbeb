using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.TestRuns;

/// <summary>What an import has made of a run that nobody else writes to: its counts, without the results, of which there may be a million.</summary>
/// <param name="begun">The run as created and started.</param>
public sealed class ImportedResults(TestRunState begun)
{
    private readonly List<string> failed = [];
    private int recorded;

    /// <summary>The run with the counts and without the results.</summary>
    public TestRunState Run { get; private set; } = begun;

    /// <summary>Counts some more results. A report has each test case once.</summary>
    public void Add(IReadOnlyList<NewTestResult> results)
    {
        recorded += results.Count;
        failed.AddRange(results
            .Where(static result => result.Outcome == TestOutcome.Failed)
            .Take(TestRunDecisions.MaxNamedFailures - failed.Count)
            .Select(static result => result.TestCaseId));
        Run = results.Aggregate(Run, static (run, result) => run.Count(
            new TestResult
            {
                TestCaseId = result.TestCaseId, Outcome = result.Outcome, Errored = result.Errored, DurationMs = result.DurationMs, Attempts = result.Attempts,
            },
            1));
    }

    /// <summary>Completes the run.</summary>
    /// <param name="incomplete">The report says itself that it broke off.</param>
    public Decision Complete(bool incomplete) => TestRunDecisions.Complete(Run, incomplete, recorded, failed);
}
