using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.EventStore.Reading;

namespace QANexus.ReadModels.Dashboard;

/// <summary>What counts of one stream: the aggregate's state, by its own fold, without texts, names and times that are of no consequence.</summary>
internal sealed record DashboardEntry
{
    private static readonly RequirementAggregate RequirementFold = new();
    private static readonly BugAggregate BugFold = new();
    private static readonly ReleaseAggregate ReleaseFold = new();

    public RequirementState? Requirement { get; init; }

    /// <summary>Whether the requirement was ever analysed: its score may be void by now.</summary>
    public bool WasAnalyzed { get; init; }

    public BugState? Bug { get; init; }

    public TestRunEntry? TestRun { get; init; }

    public ReleaseState? Release { get; init; }

    /// <summary>The stream is a sprint's that was planned.</summary>
    public bool IsSprint { get; init; }

    public SprintEntry? Sprint { get; init; }

    public DashboardEntry AfterRequirement(RecordedEvent e)
    {
        var state = RequirementFold.Evolve(Requirement ?? RequirementState.Initial, e);
        return this with
        {
            Requirement = new RequirementState { Status = state.Status, Rqs = state.Rqs is { } rqs ? rqs with { Feedback = [] } : null },
            WasAnalyzed = WasAnalyzed || e.Is<RequirementAnalyzed>(),
        };
    }

    public DashboardEntry AfterBug(RecordedEvent e)
    {
        var state = BugFold.Evolve(Bug ?? BugState.Initial, e);
        return this with
        {
            Bug = new BugState
            {
                Status = state.Status,
                Severity = state.Severity,
                Priority = state.Priority,
                ReleaseId = state.ReleaseId,
                CreatedAt = state.CreatedAt,
                TriageDate = state.TriageDate,
                ResolvedDate = state.ResolvedDate,
            },
        };
    }

    public DashboardEntry AfterRelease(RecordedEvent e)
    {
        var state = ReleaseFold.Evolve(Release ?? ReleaseState.Initial, e);
        return this with
        {
            Release = new ReleaseState
            {
                Version = state.Version,
                Environment = state.Environment,
                Status = state.Status,
                ReadinessScore = state.ReadinessScore,
                ReadinessStatus = state.ReadinessStatus,
                CreatedAt = state.CreatedAt,
            },
        };
    }
}
