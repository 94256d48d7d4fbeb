using QANexus.Domain.Actors;
using QANexus.Domain.Aggregates;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Rules;
using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Releases;

/// <summary>What a release makes of commands.</summary>
public static class ReleaseDecisions
{
    private const string Transition = "release.transition";
    private const string Terminal = "release.terminal";

    public static Decision Create(this ReleaseState state, NewRelease release) =>
        state.Exists ? Refuse.Exists("release")
        : release.FindViolation() is { } violation ? Refuse.Because(violation)
        : Decision.Raise(new ReleaseCreated(release.Version, release.Environment));

    /// <summary>Scores the release. A blocked one goes on when the score passes; whoever blocked it is heard again only by blocking again.</summary>
    public static Decision Evaluate(this ReleaseState state, ReadinessInputs inputs, DateTimeOffset now, ReleasePolicy policy)
    {
        if (Ended(state) is { } refusal)
        {
            return refusal;
        }

        if (inputs.FindViolation() is { } violation)
        {
            return Refuse.Because(violation);
        }

        var score = ReleaseConfidenceScore.Calculate(inputs, policy.Thresholds);
        var events = new List<object> { Evaluated(state, score, now + policy.MaxScoreAge) };
        var blocked = state.Status == ReleaseStatus.Blocked;
        if (score.PassesAllGates && (blocked || !state.IsReady))
        {
            events.Add(new ReleaseReadinessAchieved(
                state.Version, score.Total, new DeploymentWindow(now, now + policy.MaxScoreAge, "While the score holds.")));
        }

        if (score.PassesAllGates && blocked)
        {
            events.Add(new ReleaseUnblocked(ByEvaluation: true));
        }

        return Decision.Raise(events.ConvertAll(e => (object)new RaisedEvent(e) { OccurredAt = now }));
    }

    /// <summary>
    /// Evaluates the release again where that says something new; one that no command planned stays as it is. What says the same again is nothing to
    /// do: an override and the age of a score do not change because of a bug that does not concern the release.
    /// </summary>
    public static Decision Reevaluate(this ReleaseState state, ReadinessInputs inputs, DateTimeOffset now, ReleasePolicy policy) =>
        string.IsNullOrWhiteSpace(state.Version) || string.IsNullOrWhiteSpace(state.Environment)
        || (state.Confidence is { } last && last.Inputs == inputs && last.Thresholds == policy.Thresholds)
            ? Ended(state) ?? Decision.Nothing
            : state.Evaluate(inputs, now, policy);

    /// <summary>Begins work on a planned release, or lifts a block: both for one that is ready or overridden.</summary>
    public static Decision Activate(this ReleaseState state) =>
        Refuse.Step(ReleaseLife.Table, state.Status, ReleaseStatus.Active, Transition)
        ?? Gates(state)
        ?? Decision.Raise(state.Status == ReleaseStatus.Blocked ? new ReleaseUnblocked() : new ReleaseActivated(!state.IsReady));

    public static Decision Freeze(this ReleaseState state) =>
        Refuse.Step(ReleaseLife.Table, state.Status, ReleaseStatus.Frozen, Transition) ?? Decision.Raise(new ReleaseFrozen());

    /// <summary>Only from FROZEN, ready or overridden, and on a score that still says something.</summary>
    public static Decision Release(this ReleaseState state, DateTimeOffset now, ReleasePolicy policy) =>
        Refuse.Step(ReleaseLife.Table, state.Status, ReleaseStatus.Released, Transition)
        ?? Gates(state)
        ?? (now - state.ReadinessEvaluatedAt > policy.MaxScoreAge
            ? Decision.Violates("release.score.stale", FormattableString.Invariant(
                $"The score is older than {policy.MaxScoreAge.TotalHours:0.##} hours; evaluate the release again."))
            : Decision.Raise(new ReleaseReleased(state.Version, state.Environment, state.ReadinessScore ?? 0, now, !state.IsReady)));

    public static Decision Block(this ReleaseState state, string reason) =>
        Text.Require(reason, "release.reason.required", "The reason") is { } violation ? Refuse.Because(violation)
        : Refuse.Step(ReleaseLife.Table, state.Status, ReleaseStatus.Blocked, Transition) ?? Decision.Raise(new ReleaseBlocked(state.Version, reason));

    public static Decision Abort(this ReleaseState state, string reason) =>
        Text.Require(reason, "release.reason.required", "The reason") is { } violation ? Refuse.Because(violation)
        : Ended(state) ?? Decision.Raise(new ReleaseAborted(reason));

    /// <summary>Lets a release that is not ready go on until it is evaluated again.</summary>
    public static Decision Override(this ReleaseState state, string reason, Actor actor) =>
        Ended(state)
        ?? (!actor.IsManager ? Decision.Violates("release.override.role", "Only an engineering manager or an administrator overrides gates.")
            : Text.Require(reason, "release.reason.required", "The reason") is { } violation ? Refuse.Because(violation)
            : !state.IsEvaluated ? NotEvaluated()
            : state.IsReady || state.Override is not null ? Decision.Nothing
            : Decision.Raise(new ReleaseGateOverridden(
                reason, state.Confidence?.FailedGates ?? [], actor.Id, actor.RoleAmong(Role.Em, Role.OrgAdmin), state.ReadinessScore ?? 0)));

    /// <summary>
    /// The last check before a deployment, of a release that has become ready. Where it finds the release not ready any more, that is its evaluation from
    /// now on. One that was stopped, ended or evaluated otherwise in the meantime is not checked.
    /// </summary>
    public static Decision VerifyDeployment(this ReleaseState state, ReadinessInputs inputs, DateTimeOffset now, ReleasePolicy policy)
    {
        if (!state.IsReady || state.Status == ReleaseStatus.Blocked || ReleaseLife.Table.IsTerminal(state.Status))
        {
            return Decision.Nothing;
        }

        if (inputs.FindViolation() is { } violation)
        {
            return Refuse.Because(violation);
        }

        // What a client appended may be of any time; a score is not from the future.
        var expiresAt = (state.ReadinessEvaluatedAt < now ? state.ReadinessEvaluatedAt : now) + policy.MaxScoreAge;
        if (now >= expiresAt)
        {
            return Decision.Raise(new DeploymentAborted("The score is too old to say anything about today."));
        }

        var score = ReleaseConfidenceScore.Calculate(inputs, policy.Thresholds);
        return score.PassesAllGates
            ? Decision.Raise(new DeploymentEnabled(state.Version, score.Total, expiresAt))
            : Decision.Raise(
                new RaisedEvent(Evaluated(state, score, expiresAt: null)) { OccurredAt = now },
                new DeploymentAborted($"The release is not ready any more: {string.Join(", ", score.Reasons.Select(static reason => Word.Of(reason.Code)))}."));
    }

    private static ReleaseReadinessEvaluated Evaluated(ReleaseState state, ReleaseConfidenceScore score, DateTimeOffset? expiresAt) =>
        new(state.Version, score.Total, score.Status, score.PassesAllGates, score, score.PassesAllGates ? expiresAt : null);

    private static Decision? Ended(ReleaseState state) => ReleaseLife.Table.IsTerminal(state.Status)
        ? Decision.Forbids(Terminal, $"The release is {Word.Of(state.Status)}, and that is final.")
        : null;

    private static Decision? Gates(ReleaseState state) =>
        !state.IsEvaluated ? NotEvaluated()
        : state.IsReady || state.Override is not null ? null
        : Decision.Violates("release.gates.failed", $"The release is not ready: {string.Join(", ", state.BlockingReasons.Select(static reason => Word.Of(reason.Code)))}.");

    private static Decision NotEvaluated() => Decision.Violates("release.not_evaluated", "The release has not been evaluated.");
}
