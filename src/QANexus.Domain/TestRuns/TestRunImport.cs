using System.Runtime.CompilerServices;
using QANexus.Domain.TestReports;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.TestRuns;

/// <summary>
/// A report becomes one run: created and started in a first step, its results in steps of bounded size, and completed in a last one. Every step has a
/// key that follows from the content, so that an import which broke off is taken up again by repeating it, and a second one writes nothing.
/// </summary>
public static class TestRunImport
{
    /// <summary>Results in one step.</summary>
    public const int MaxResults = 250;

    /// <summary>UTF-16 code units of all texts in one step: with them an append stays far below what it may carry.</summary>
    private const int MaxTextLength = 128 * 1024;

    /// <summary>The run that the content makes, in every import of it.</summary>
    public static AggregateId IdOf(TestReport report) => AggregateId.Parse($"report-{report.ContentKey[..32]}");

    /// <summary>The key of a step: 0 creates and starts, 1 and following record results, the last completes.</summary>
    public static CommitId KeyOf(TestReport report, int step) => CommitId.Parse(FormattableString.Invariant($"import-{report.ContentKey}-{step}"));

    /// <param name="fallbackName">For a report without a name: its file's.</param>
    public static NewTestRun ToRun(TestReport report, string? fallbackName, string createdBy, string? sprintId, string? releaseId) => new()
    {
        ExpectedTestCount = report.Totals.Total,
        Name = report.Name ?? fallbackName,
        SprintId = sprintId,
        ReleaseId = releaseId,
        CreatedBy = createdBy,
        ReportKey = report.ContentKey,
        Starts = true,
    };

    /// <summary>The results in steps.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<NewTestResult>> ReadStepsAsync(
        TestReport report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (step, length) = (new List<NewTestResult>(), 0);
        await foreach (var test in report.ReadTestsAsync(cancellationToken))
        {
            var result = ToResult(test);
            var textLength = (result.Name?.Length ?? 0) + (result.ErrorMessage?.Length ?? 0) + (result.Suite?.Length ?? 0);
            if (step.Count == MaxResults || (step.Count > 0 && length + textLength > MaxTextLength))
            {
                yield return step;
                (step, length) = ([], 0);
            }

            step.Add(result);
            length += textLength;
        }

        if (step.Count > 0)
        {
            yield return step;
        }
    }

    /// <summary>Whether the run shows just these results: recording them would change nothing.</summary>
    public static bool HasRecorded(TestRunState run, IReadOnlyList<NewTestResult> results) => results.All(result =>
        run.TestResults.Find(result.TestCaseId) is { } shown
        && shown.Name == result.Name && shown.Outcome == result.Outcome && shown.Errored == result.Errored && shown.DurationMs == result.DurationMs
        && shown.ErrorMessage == result.ErrorMessage && shown.Attempts == result.Attempts);

    /// <summary>A test that broke has failed: nobody knows that what it tests works.</summary>
    public static NewTestResult ToResult(ReportedTest test) => new()
    {
        TestCaseId = test.TestCaseId,
        Name = test.Name,
        Outcome = test.Outcome switch
        {
            ReportedOutcome.Passed => TestOutcome.Passed,
            ReportedOutcome.Skipped => TestOutcome.Skipped,
            _ => TestOutcome.Failed,
        },
        Errored = test.Outcome == ReportedOutcome.Errored,
        DurationMs = (decimal?)test.Duration?.Ticks / TimeSpan.TicksPerMillisecond,
        ErrorMessage = test.Message,
        Attempts = test.Attempts,
        Suite = test.ClassName ?? test.Suite,
    };
}
