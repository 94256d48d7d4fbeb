using QANexus.Domain.Aggregates;
using QANexus.EventStore.Reading;

namespace QANexus.Domain.Bugs;

/// <summary>How a bug follows from its events.</summary>
public sealed class BugAggregate : QAAggregate<BugState>
{
    public const string TypeName = "Bug";

    public BugAggregate()
        : base(TypeName, BugState.Initial, BugJson.Default.BugState)
    {
        On(BugJson.Default.BugCreated, new(), static (_, created, e) => new BugState
        {
            Id = e.Stream.AggregateId.Value,
            Title = created.Title,
            Description = created.Description,
            ReportedBy = created.ReportedBy,
            Tags = created.Tags,
            LinkedRequirementId = created.LinkedRequirementId,
            LinkedTestRunId = created.LinkedTestRunId,
            LinkedTestCaseId = created.LinkedTestCaseId,
            ReleaseId = created.ReleaseId,
            CreatedAt = e.OccurredAt,
            UpdatedAt = e.OccurredAt,
        });
        On(BugJson.Default.BugTriaged, new(), static (state, triaged, e) => Moved(state, BugStatus.Triaged, e) with
        {
            Severity = triaged.Severity ?? state.Severity,
            Priority = triaged.Priority ?? state.Priority,
            AssignedTo = triaged.AssignedTo ?? state.AssignedTo,
            TriagedBy = triaged.TriagedBy,
            Tags = triaged.Tags ?? state.Tags,
            TriageDate = e.OccurredAt,
        });
        On(BugJson.Default.BugTriageUpdated, new(), static (state, updated, e) => Touched(state, e) with
        {
            Severity = updated.Severity ?? state.Severity,
            Priority = updated.Priority ?? state.Priority,
            AssignedTo = updated.AssignedTo ?? state.AssignedTo,
            TriagedBy = updated.TriagedBy ?? state.TriagedBy,
        });
        On(BugJson.Default.BugWorkStarted, new(), static (state, started, e) => Moved(state, BugStatus.InProgress, e) with
        {
            AssignedTo = started.AssignedTo ?? state.AssignedTo,
        });
        On(BugJson.Default.BugResolved, new(), static (state, resolved, e) => Moved(state, BugStatus.Resolved, e) with
        {
            ResolutionNotes = resolved.ResolutionNotes, ResolvedDate = e.OccurredAt,
        });
        On(BugJson.Default.BugVerified, new(), static (state, _, e) => Moved(state, BugStatus.Verified, e));
        On(BugJson.Default.BugClosed, new(), static (state, _, e) => Moved(state, BugStatus.Closed, e) with { ClosedDate = e.OccurredAt });
        On(BugJson.Default.BugReopened, new(), static (state, reopened, e) => Moved(state, BugStatus.Open, e) with
        {
            ReopenCount = state.ReopenCount + 1, StatusReason = reopened.Reason,
        });
        On(BugJson.Default.BugDeferred, new(), static (state, deferred, e) => Moved(state, BugStatus.Deferred, e) with { StatusReason = deferred.Reason });
        On(BugJson.Default.BugInvalidated, new(), static (state, invalid, e) => Moved(state, BugStatus.Invalid, e) with { StatusReason = invalid.Reason });
        OnOthers(static (state, e) => state.Exists ? state : Touched(state, e));
    }

    private static BugState Moved(BugState state, BugStatus status, RecordedEvent e) => Touched(state, e) with { Status = status };

    private static BugState Touched(BugState state, RecordedEvent e) => state with
    {
        Id = e.Stream.AggregateId.Value, CreatedAt = state.CreatedAt ?? e.OccurredAt, UpdatedAt = e.OccurredAt,
    };
}
