namespace QANexus.Domain.TestReports;

/// <summary>What a report adds up to: counted from its tests, never taken from the totals that it claims.</summary>
/// <param name="Flaky">Those of the passed that did not pass at once.</param>
/// <param name="Duration">The sum of the tests' durations.</param>
public sealed record TestReportTotals(int Total, int Passed, int Failed, int Errored, int Skipped, int Flaky, TimeSpan Duration)
{
    public static TestReportTotals None { get; } = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero);

    internal TestReportTotals With(ReportedTest test) => new(
        Total + 1,
        Passed + (test.Outcome == ReportedOutcome.Passed ? 1 : 0),
        Failed + (test.Outcome == ReportedOutcome.Failed ? 1 : 0),
        Errored + (test.Outcome == ReportedOutcome.Errored ? 1 : 0),
        Skipped + (test.Outcome == ReportedOutcome.Skipped ? 1 : 0),
        Flaky + (test.IsFlaky ? 1 : 0),
        Duration + (test.Duration ?? TimeSpan.Zero));
}
