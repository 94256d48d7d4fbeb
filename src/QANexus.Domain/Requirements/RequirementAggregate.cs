using QANexus.Domain.Aggregates;
using QANexus.EventStore.Reading;

namespace QANexus.Domain.Requirements;

/// <summary>How a requirement follows from its events.</summary>
public sealed class RequirementAggregate : QAAggregate<RequirementState>
{
    public const string TypeName = "Requirement";

    public RequirementAggregate()
        : base(TypeName, RequirementState.Initial, RequirementJson.Default.RequirementState)
    {
        On(RequirementJson.Default.RequirementCreated, new(), static (_, created, e) => new RequirementState
        {
            Id = e.Stream.AggregateId.Value,
            Title = created.Title,
            Content = created.Content,
            Priority = created.Priority,
            Type = created.Type,
            AcceptanceCriteria = AcceptanceCriterion.Numbered(created.AcceptanceCriteria),
            CreatedAt = e.OccurredAt,
            UpdatedAt = e.OccurredAt,
        });
        On(RequirementJson.Default.RequirementUpdated, new(), static (state, updated, e) =>
            Touched(updated.Changes is { } changes ? Changed(state, changes) : state, e));
        On(RequirementJson.Default.RequirementAnalyzed, new(), static (state, analyzed, e) => Touched(state, e) with
        {
            // The score of a redacted analysis is unknown, and unknown is not zero.
            Rqs = e.Redaction is not null ? null : new RqsScore
            {
                Score = analyzed.Score,
                Clarity = analyzed.Clarity,
                Completeness = analyzed.Completeness,
                Testability = analyzed.Testability,
                Consistency = analyzed.Consistency,
                Feedback = analyzed.Feedback,
            },
        });
        On(RequirementJson.Default.RequirementPublished, new(), static (state, _, e) => Moved(state, RequirementStatus.Published, e));
        On(RequirementJson.Default.RequirementMarkedReady, new(), static (state, _, e) => Moved(state, RequirementStatus.Ready, e));
        On(RequirementJson.Default.RequirementApproved, new(), static (state, approved, e) => Moved(state, RequirementStatus.Approved, e) with
        {
            ApproverId = approved.ApproverId, ApproverRole = approved.ApproverRole, ApprovedAt = approved.ApprovedAt ?? e.OccurredAt,
        });
        On(RequirementJson.Default.RequirementBacklogged, new(), static (state, _, e) => Moved(state, RequirementStatus.Backlogged, e));
        On(RequirementJson.Default.RequirementNeedsRevision, new(), static (state, needed, e) => Moved(state, RequirementStatus.NeedsRevision, e) with
        {
            RevisionReason = needed.Reason, ApproverId = null, ApproverRole = null, ApprovedAt = null,
        });
        On(RequirementJson.Default.RequirementCompleted, new(), static (state, _, e) => Moved(state, RequirementStatus.Completed, e));
        On(RequirementJson.Default.TasksGenerated, new(), static (state, generated, e) => Touched(state, e) with { Tasks = generated.Tasks });
        On(RequirementJson.Default.FailedToGenerateTasks, new(), static (state, _, e) => Touched(state, e));
        OnOthers(static (state, e) => state.Exists ? state : Touched(state, e));
    }

    private static RequirementState Moved(RequirementState state, RequirementStatus status, RecordedEvent e) => Touched(state, e) with { Status = status };

    /// <summary>A stream that a client began with another event than the first of its life is folded all the same.</summary>
    private static RequirementState Touched(RequirementState state, RecordedEvent e) => state with
    {
        Id = e.Stream.AggregateId.Value, CreatedAt = state.CreatedAt ?? e.OccurredAt, UpdatedAt = e.OccurredAt,
    };

    private static RequirementState Changed(RequirementState state, RequirementChanges changes) => state with
    {
        Title = changes.Title ?? state.Title,
        Content = changes.Content ?? state.Content,
        Priority = changes.Priority ?? state.Priority,
        Type = changes.Type ?? state.Type,
        AcceptanceCriteria = changes.AcceptanceCriteria is { } criteria ? AcceptanceCriterion.Numbered(criteria) : state.AcceptanceCriteria,
        Rqs = changes.ChangesText ? null : state.Rqs,
    };
}
