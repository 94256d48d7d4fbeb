using QANexus.Domain.Actors;
using QANexus.Domain.Aggregates;
using QANexus.Domain.Rules;
using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Bugs;

/// <summary>What a bug makes of commands.</summary>
public static class BugDecisions
{
    private const string Transition = "bug.transition";

    public static Decision Create(this BugState state, NewBug bug) =>
        state.Exists ? Refuse.Exists("bug")
        : bug.FindViolation() is { } violation ? Refuse.Because(violation)
        : Decision.Raise(new BugCreated(
            bug.Title, bug.Description, bug.ReportedBy, bug.Tags, bug.LinkedRequirementId, bug.LinkedTestRunId, bug.LinkedTestCaseId, bug.ReleaseId));

    /// <summary>Of an open or a deferred bug; one that is judged already is judged anew by <see cref="UpdateTriage"/>.</summary>
    public static Decision Triage(this BugState state, BugTriage triage, Actor actor) =>
        BugLife.Table.IsTerminal(state.Status) ? Terminal(state)
        : state.Status == BugStatus.Triaged ? Decision.Forbids("bug.already_triaged", "The bug is triaged already.")
        : Step(state, BugStatus.Triaged)
            ?? Decision.Raise(new BugTriaged(triage.Severity, triage.Priority, triage.AssignedTo, actor.Id, triage.Tags));

    /// <summary>
    /// Severity, priority or assignee of a bug that has been judged; what is null stays. One that is deferred becomes CRITICAL or P0 by a manager only, as
    /// one that is so is deferred.
    /// </summary>
    public static Decision UpdateTriage(this BugState state, BugSeverity? severity, BugPriority? priority, string? assignedTo, Actor actor)
    {
        if (BugLife.Table.IsTerminal(state.Status))
        {
            return Terminal(state);
        }

        if (state.TriageDate is null)
        {
            return Decision.Forbids("bug.not_triaged", "The bug has not been triaged.");
        }

        var real = new BugTriageUpdated(
            severity == state.Severity ? null : severity,
            priority == state.Priority ? null : priority,
            string.Equals(assignedTo, state.AssignedTo, StringComparison.Ordinal) ? null : assignedTo,
            actor.Id);
        return real is { Severity: null, Priority: null, AssignedTo: null } ? Decision.Nothing
            : state.Status == BugStatus.Deferred && StopsRelease(real.Severity, real.Priority) && !actor.IsManager ? NotByManager()
            : Decision.Raise(real);
    }

    public static Decision StartWork(this BugState state, string? assignedTo = null) => Move(state, BugStatus.InProgress, new BugWorkStarted(assignedTo));

    public static Decision Resolve(this BugState state, string? notes) =>
        Move(state, BugStatus.Resolved, new BugResolved(state.Severity, state.Priority, notes));

    public static Decision Verify(this BugState state) => Move(state, BugStatus.Verified, new BugVerified());

    public static Decision Close(this BugState state) => Move(state, BugStatus.Closed, new BugClosed());

    public static Decision Reopen(this BugState state, string reason) => Move(state, BugStatus.Open, new BugReopened(reason), reason);

    /// <summary>A bug that alone would stop a release is deferred by a manager only: otherwise deferring would be a way around the gate.</summary>
    public static Decision Defer(this BugState state, string reason, Actor actor) =>
        StopsRelease(state.Severity, state.Priority)
            ? Required(reason) ?? Step(state, BugStatus.Deferred) ?? (actor.IsManager ? Decision.Raise(new BugDeferred(reason)) : NotByManager())
            : Move(state, BugStatus.Deferred, new BugDeferred(reason), reason);

    public static Decision Invalidate(this BugState state, string reason) => Move(state, BugStatus.Invalid, new BugInvalidated(reason), reason);

    private static Decision Move(BugState state, BugStatus to, object e) => Step(state, to) ?? Decision.Raise(e);

    private static Decision Move(BugState state, BugStatus to, object e, string reason) => Required(reason) ?? Move(state, to, e);

    private static Decision? Required(string reason) =>
        Text.Require(reason, "bug.reason.required", "The reason") is { } violation ? Refuse.Because(violation) : null;

    private static Decision? Step(BugState state, BugStatus to) => Refuse.Step(BugLife.Table, state.Status, to, Transition);

    private static bool StopsRelease(BugSeverity? severity, BugPriority? priority) =>
        SeverityFacts.Of(severity).BlocksRelease || PriorityFacts.Of(priority).BlocksRelease;

    private static Decision NotByManager() => Decision.Violates(
        "bug.defer.role", "Only an engineering manager or an administrator defers a CRITICAL or P0 bug, or makes one of a bug that is deferred.");

    private static Decision Terminal(BugState state) => Decision.Forbids("bug.terminal", $"The bug is {Word.Of(state.Status)}, and that is final.");
}
