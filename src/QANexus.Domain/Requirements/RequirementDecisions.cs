using System.Collections.Immutable;
using QANexus.Domain.Actors;
using QANexus.Domain.Aggregates;
using QANexus.Domain.Rules;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Requirements;

/// <summary>What a requirement makes of commands. What is so already is nothing to do.</summary>
public static class RequirementDecisions
{
    private const string Transition = "requirement.transition";

    public static Decision Create(this RequirementState state, NewRequirement requirement) =>
        state.Exists ? Refuse.Exists("requirement")
        : requirement.FindViolation() is { } violation ? Refuse.Because(violation)
        : Decision.Raise(new RequirementCreated(
            requirement.Title, requirement.Content, requirement.Priority, requirement.Type, AcceptanceCriterion.Numbered(requirement.AcceptanceCriteria)));

    /// <summary>The text can change until it is approved, and again when it needs revision; the priority can change until it is done.</summary>
    public static Decision Update(this RequirementState state, RequirementChanges changes)
    {
        ImmutableArray<AcceptanceCriterion>? criteria = changes.AcceptanceCriteria is { } given ? AcceptanceCriterion.Numbered(given) : null;
        var violation = (changes.Title is { } title ? Text.Require(title, "requirement.title.required", "The title") : null)
            ?? (changes.Content is { } content ? Text.Require(content, "requirement.content.required", "The content") : null)
            ?? (criteria is { } wanted ? AcceptanceCriterion.FindViolation(wanted) : null);
        if (violation is not null)
        {
            return Refuse.Because(violation);
        }

        var real = new RequirementChanges(
            Differs(changes.Title, state.Title),
            Differs(changes.Content, state.Content),
            changes.Priority == state.Priority ? null : changes.Priority,
            changes.Type == state.Type ? null : changes.Type,
            criteria is { } list && list.SequenceEqual(state.AcceptanceCriteria) ? null : criteria);
        return !real.ChangesAnything ? Decision.Nothing
            : state.Status == RequirementStatus.Completed ? Decision.Forbids(Transition, "A requirement that is COMPLETED does not change any more.")
            : real.ChangesText && !RequirementLife.CanBeEdited(state.Status)
                ? Decision.Forbids(Transition, "The text of an approved requirement stays as it was approved; send it back for revision first.")
            : Decision.Raise(new RequirementUpdated(real));
    }

    public static Decision Analyze(this RequirementState state, RqsScore score) =>
        score.FindViolation() is { } violation ? Refuse.Because(violation)
        : !state.CanBeAnalyzed ? Decision.Forbids(Transition, "Only a requirement that is DRAFT, PUBLISHED or READY is analysed.")
        : Decision.Raise(new RequirementAnalyzed(
            score.Score, score.Clarity, score.Completeness, score.Testability, score.Consistency, score.Feedback));

    public static Decision Approve(this RequirementState state, Actor approver, DateTimeOffset now, RequirementPolicy policy)
    {
        if (state.Status == RequirementStatus.Approved)
        {
            return Decision.Nothing;
        }

        if (Step(state, RequirementStatus.Approved) is { } refusal)
        {
            return refusal;
        }

        return state.Rqs switch
        {
            null when !policy.WaivesAnalysis => Decision.Violates("requirement.rqs.missing", "The requirement has not been analysed since its text changed."),
            { } rqs when rqs.Score < policy.MinimumRqs => Decision.Violates(
                "requirement.rqs.too_low", FormattableString.Invariant($"The quality score is {rqs.Score}, and at least {policy.MinimumRqs} is needed.")),
            _ => Decision.Raise(new RequirementApproved(
                approver.Id, approver.RoleAmong(Role.Pm, Role.Em, Role.OrgAdmin), now, state.Title, state.Rqs?.Score)),
        };
    }

    public static Decision Publish(this RequirementState state) => Move(state, RequirementStatus.Published, new RequirementPublished());

    public static Decision MarkReady(this RequirementState state) => Move(state, RequirementStatus.Ready, new RequirementMarkedReady());

    public static Decision Backlog(this RequirementState state) => Move(state, RequirementStatus.Backlogged, new RequirementBacklogged());

    public static Decision NeedsRevision(this RequirementState state, string reason) =>
        Text.Require(reason, "requirement.reason.required", "The reason") is { } violation
            ? Refuse.Because(violation)
            : Move(state, RequirementStatus.NeedsRevision, new RequirementNeedsRevision(reason));

    /// <summary>Its last task is done.</summary>
    public static Decision Complete(this RequirementState state) => Move(state, RequirementStatus.Completed, new RequirementCompleted());

    /// <summary>Tasks of the same ids are there already: a second delivery of the approval changes nothing.</summary>
    public static Decision RecordTasks(this RequirementState state, ImmutableArray<RequirementTask> tasks) =>
        state.Tasks.Select(static task => task.Id).SequenceEqual(tasks.Select(static task => task.Id), StringComparer.Ordinal) ? Decision.Nothing
        : state.Status is not (RequirementStatus.Approved or RequirementStatus.Backlogged)
            ? Decision.Forbids(Transition, "Only an approved requirement has tasks.")
        : Decision.Raise(new TasksGenerated(tasks, tasks.Length));

    public static Decision RecordTaskFailure(this RequirementState state, string reason) =>
        state.Exists ? Decision.Raise(new FailedToGenerateTasks(reason)) : Decision.Nothing;

    private static Decision Move(RequirementState state, RequirementStatus to, object e) =>
        state.Status == to ? Decision.Nothing : Step(state, to) ?? Decision.Raise(e);

    private static Decision? Step(RequirementState state, RequirementStatus to) => Refuse.Step(RequirementLife.Table, state.Status, to, Transition);

    private static string? Differs(string? given, string present) => string.Equals(given, present, StringComparison.Ordinal) ? null : given;
}
