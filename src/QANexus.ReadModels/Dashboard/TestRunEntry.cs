using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;

namespace QANexus.ReadModels.Dashboard;

/// <summary>What counts of a test run: how it ended, by the figures of its completion. Results one by one are not looked at.</summary>
internal sealed record TestRunEntry
{
    public string? ReleaseId { get; init; }

    public bool IsImported { get; init; }

    public int Expected { get; init; }

    /// <summary>Nothing while it is not completed, and again when it is cancelled.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public int Passed { get; init; }

    public int Failed { get; init; }

    public int Blocked { get; init; }

    public int Skipped { get; init; }

    public bool IsComplete { get; init; }

    /// <summary>It was once completed with a result, whatever became of it since.</summary>
    public bool HadResults { get; init; }

    public TestRunEntry After(RecordedEvent e)
    {
        if (e.Is<TestRunCancelled>())
        {
            return this with { CompletedAt = null };
        }

        if (e.Is<TestRunCompleted>())
        {
            var completed = e.Read(TestRunJson.Default.TestRunCompleted);
            var results = completed.PassedTests + completed.FailedTests + completed.BlockedTests + completed.SkippedTests;
            return this with
            {
                ReleaseId = completed.ReleaseId ?? ReleaseId,
                CompletedAt = e.OccurredAt,
                Passed = completed.PassedTests,
                Failed = completed.FailedTests,
                Blocked = completed.BlockedTests,
                Skipped = completed.SkippedTests,
                HadResults = HadResults || results > 0,
                IsComplete = e.Redaction is null && !completed.Incomplete && results >= Math.Max(completed.ExpectedTestCount, Expected),
            };
        }

        var created = e.Read(TestRunJson.Default.TestRunCreated);
        return new TestRunEntry { ReleaseId = created.ReleaseId, IsImported = created.ReportKey is not null, Expected = created.ExpectedTestCount };
    }
}
