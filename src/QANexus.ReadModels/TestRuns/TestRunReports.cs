using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.TestRuns;

/// <summary>The view <c>test-run-reports</c>: one document per completed test run. One that is cancelled afterwards does not count and has none.</summary>
internal sealed class TestRunReports() : StreamProjection<TestRunReport>(
    Name, TestRunReportsJson.Default.TestRunReport, [EventData.TypeOf<TestRunCompleted>(), EventData.TypeOf<TestRunCancelled>()])
{
    /// <summary>Failed tests that a report names at most.</summary>
    private const int MaxNamedFailures = 100;

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("test-run-reports");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, TestRunAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override TestRunReport? Apply(TestRunReport? document, RecordedEvent e)
    {
        if (!e.Is<TestRunCompleted>())
        {
            return null;
        }

        var completed = e.Read(TestRunJson.Default.TestRunCompleted);
        var rate = TestRunOutcome.RateOf(completed);
        return new TestRunReport(
            e.Stream.AggregateId.Value, e.OccurredAt, completed.PassedTests, completed.FailedTests, completed.BlockedTests, completed.SkippedTests,
            completed.ExpectedTestCount, rate.Percent, rate.Ratio.Whole == 0 ? null : rate.Band, TestRunOutcome.MeetsReleaseGate(completed),
            !TestRunOutcome.IsComplete(completed), completed.DurationMs, [.. completed.FailedTestCaseIds.Take(MaxNamedFailures)], completed.SprintId, completed.ReleaseId);
    }

    /// <summary>Without the figures there is nothing to report.</summary>
    protected override TestRunReport? ApplyRedacted(TestRunReport? document, RecordedEvent e) => null;
}
