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

    /// <summary>Of the tenant only.</summary>
    public OnboardingChecklist? Onboarding { get; init; }
}
