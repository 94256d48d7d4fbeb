using System.Text.Json;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Requirements;
using QANexus.Domain.Words;

namespace QANexus.LocalHost.Demo;

/// <summary>Computes the score of a release once more, from what the view <c>readiness-sources</c> shows to everybody.</summary>
internal static class ScoreCheck
{
    /// <param name="documents">All documents of the view.</param>
    /// <param name="release">Which release.</param>
    /// <param name="security">What security and operations said.</param>
    public static ReleaseConfidenceScore Calculate(IReadOnlyList<JsonElement> documents, string release, Ratio security) => ReleaseConfidenceScore.Calculate(
        new ReadinessInputs
        {
            Tests = TestsOf(documents.Single(document => document.GetProperty("id").ValueEquals($"test-runs:{release}"))),
            Bugs = BugsOf(MembersOf(documents, "bugs").Select(static bug => bug.Value).Where(bug => Text(bug, "releaseId") == release)),
            Requirements = RequirementsOf([.. MembersOf(documents, "requirements").Select(static requirement => requirement.Value.GetString())]),
            Security = security,
        },
        ConfidenceThresholds.Default);

    private static TestEvidence TestsOf(JsonElement document)
    {
        var newest = document.GetProperty("data").GetProperty("testRuns")[0];
        var passed = newest.GetProperty("passed").GetInt64();
        return new TestEvidence(
            new Ratio(passed, passed + newest.GetProperty("failed").GetInt64() + newest.GetProperty("blocked").GetInt64()),
            newest.GetProperty("isComplete").GetBoolean(), Text(newest, "id"));
    }

    private static BugCounts BugsOf(IEnumerable<JsonElement> bugs)
    {
        var counting = bugs.Where(static bug => Word.TryRead<BugStatus>(Text(bug, "status"), out var status) && BugLife.CountsAgainstRelease(status)).ToList();
        return new BugCounts(
            Count(BugSeverity.Critical), Count(BugSeverity.High), Count(BugSeverity.Medium), Count(BugSeverity.Low),
            counting.Count(static bug => Text(bug, "priority") == Word.Of(BugPriority.P0)), counting.Count(static bug => Text(bug, "severity") is null));

        int Count(BugSeverity severity) => counting.Count(bug => Text(bug, "severity") == Word.Of(severity));
    }

    private static Ratio RequirementsOf(IReadOnlyCollection<string?> statuses) => new(
        statuses.Count(static word => Word.TryRead<RequirementStatus>(word, out var status) && RequirementLife.CountsAsReady(status)), statuses.Count);

    private static IEnumerable<JsonProperty> MembersOf(IEnumerable<JsonElement> documents, string name) => documents
        .Select(static document => document.GetProperty("data"))
        .Where(data => data.TryGetProperty(name, out _))
        .SelectMany(data => data.GetProperty(name).EnumerateObject());

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
