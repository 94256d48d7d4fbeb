using QANexus.Domain.Actors;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Requirements;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;

namespace QANexus.ReadModels.Tests.Fixture;

/// <summary>Commands as tests need them.</summary>
internal static class Some
{
    public static Actor Manager { get; } = new("eve", [Role.Em]);

    public static Actor Tester { get; } = new("tom", [Role.Qa]);

    public static ReadinessInputs Good { get; } = new()
    {
        Tests = new TestEvidence(new Ratio(100, 100)), Bugs = BugCounts.None, Requirements = new Ratio(10, 10), Security = new Ratio(95, 100),
    };

    public static Func<RequirementState, Decision>[] Approved(params string[] criteria) =>
    [
        state => state.Create(new NewRequirement
        {
            Title = "Log in", Content = "With a password.", Priority = RequirementPriority.High,
            AcceptanceCriteria = [.. criteria.Select(static text => new AcceptanceCriterion(string.Empty, text))],
        }),
        static state => state.Analyze(new RqsScore { Score = 85, Clarity = 85, Completeness = 85, Testability = 85, Consistency = 85 }),
        static state => state.Approve(Manager, DateTimeOffset.UnixEpoch, RequirementPolicy.Default),
    ];

    public static Func<BugState, Decision> Reported(string? release = null) =>
        state => state.Create(new NewBug { Title = "It burns", Description = "Smoke", ReportedBy = "rita", ReleaseId = release });

    public static Func<BugState, Decision> Triaged(BugSeverity severity, BugPriority priority, string? assignee = null) =>
        state => state.Triage(new BugTriage(severity, priority, assignee), Tester);

    public static Func<BugState, Decision>[] Resolved { get; } = [static state => state.StartWork(), static state => state.Resolve("patched")];

    public static Func<ReleaseState, Decision> Release(string version) => state => state.Create(new NewRelease(version, "production"));

    public static Func<ReleaseState, Decision> Evaluated(ReadinessInputs inputs, DateTimeOffset at) =>
        state => state.Evaluate(inputs, at, ReleasePolicy.Default);

    public static Func<TestRunState, Decision>[] Run(int passed, int failed, string? release = null) =>
    [
        state => state.Create(new NewTestRun { ExpectedTestCount = passed + failed, ReleaseId = release, CreatedBy = "tom", Starts = true }),
        state => state.Record([.. Enumerable.Range(0, passed + failed).Select(n => new NewTestResult
        {
            TestCaseId = $"case{n}", Outcome = n < passed ? TestOutcome.Passed : TestOutcome.Failed, DurationMs = 1,
        })]),
        static state => state.Complete(),
    ];
}
