using System.Collections.Immutable;

namespace QANexus.ReadModels.Dashboard;

/// <summary>Figures of a tenant, or of what is linked to one of its releases. What nothing was heard of is absent.</summary>
internal sealed record DashboardDocument
{
    /// <summary>Of the tenant only: requirements are not linked to releases.</summary>
    public RequirementFigures? Requirements { get; init; }

    public BugFigures? Bugs { get; init; }

    public TestRunFigures? TestRuns { get; init; }

    /// <summary>Of the tenant only.</summary>
    public ReleaseFigures? Releases { get; init; }

    /// <summary>How many sprints were planned; of the tenant only.</summary>
    public int? Sprints { get; init; }

    /// <summary>The sprint that is ACTIVE, if one is; of the tenant only. More than one only where clients appended the events themselves: the newest start first.</summary>
    public ImmutableArray<ActiveSprint>? ActiveSprints { get; init; }

    /// <summary>Of the tenant only.</summary>
    public OnboardingChecklist? Onboarding { get; init; }

    /// <summary>Whether nothing is counted.</summary>
    public bool IsEmpty() => this is { Requirements: null, Bugs: null, TestRuns: null, Releases: null, Sprints: null, ActiveSprints: null };

    /// <summary>What has gone is as if it had never been: the document says no more than what counts in it now.</summary>
    public DashboardDocument WithoutZeros() => this with
    {
        Requirements = Requirements is { Total: 0 } ? null : Requirements,
        Bugs = Bugs is { Total: 0 } ? null : Bugs,
        TestRuns = TestRuns is { Total: 0 } ? null : TestRuns,
        Releases = Releases is { Total: 0 } ? null : Releases,
        Sprints = Sprints is 0 ? null : Sprints,
        ActiveSprints = ActiveSprints is { IsDefaultOrEmpty: false } active ? active : null,
    };
}
