using System.Security.Cryptography;
using System.Text;
using QANexus.Domain.Bugs;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Streams;

namespace QANexus.ReadModels.Bugs;

/// <summary>A bug that a failed test says there may be: OPEN, linked to run and case, for somebody to triage.</summary>
internal static class CandidateBug
{
    /// <summary>UTF-16 code units of a test's name or message that go into the bug.</summary>
    private const int MaxText = 500;

    /// <summary>The same for the same case of the same run, whoever asks and however often.</summary>
    public static AggregateId IdOf(AggregateId run, string testCase) =>
        AggregateId.Parse($"failure-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run}\n{testCase}")).AsSpan(0, 16))}");

    /// <param name="run">Which run.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="testCase">Which of its cases failed.</param>
    /// <param name="releaseId">The release that the run speaks for.</param>
    /// <param name="reportedBy">Who says so.</param>
    public static NewBug Of(AggregateId run, TestRunState state, string testCase, string? releaseId, string reportedBy)
    {
        var result = state.TestResults.Find(testCase);
        var name = string.IsNullOrWhiteSpace(result?.Name) ? testCase : result.Name;
        var message = string.IsNullOrWhiteSpace(result?.ErrorMessage) ? string.Empty : $" {Shortened.To(result.ErrorMessage, MaxText)}";
        return new NewBug
        {
            Title = $"Test failed: {Shortened.To(name, MaxText)}",
            Description = $"The test failed in run {run}.{message}",
            ReportedBy = reportedBy,
            LinkedTestRunId = run.Value,
            LinkedTestCaseId = testCase,
            ReleaseId = releaseId,
        };
    }
}
