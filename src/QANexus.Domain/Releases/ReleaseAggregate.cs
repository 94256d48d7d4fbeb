using QANexus.Domain.Aggregates;
using QANexus.EventStore.Reading;

namespace QANexus.Domain.Releases;

/// <summary>How a release follows from its events.</summary>
public sealed class ReleaseAggregate : QAAggregate<ReleaseState>
{
    public const string TypeName = "Release";

    public ReleaseAggregate()
        : base(TypeName, ReleaseState.Initial, ReleaseJson.Default.ReleaseState)
    {
        On(ReleaseJson.Default.ReleaseCreated, new(), static (_, created, e) => new ReleaseState
        {
            Id = e.Stream.AggregateId.Value,
            Version = created.Version,
            Environment = created.Environment,
            CreatedAt = e.OccurredAt,
            UpdatedAt = e.OccurredAt,
        });

        // An evaluation whose data are gone is none: what it found must not let a release pass.
        On(ReleaseJson.Default.ReleaseReadinessEvaluated, new(), static (state, evaluated, e) => Touched(state, e) with
        {
            ReadinessScore = e.Redaction is null ? evaluated.Score : null,
            ReadinessStatus = e.Redaction is null ? evaluated.Status : null,
            Confidence = evaluated.Confidence,
            ReadinessEvaluatedAt = e.Redaction is null ? e.OccurredAt : null,
            BlockingReasons = evaluated.Confidence?.Reasons ?? [],
            Override = null,
        });
        On(ReleaseJson.Default.ReleaseReadinessAchieved, new(), static (state, _, e) => Touched(state, e));
        On(ReleaseJson.Default.ReleaseActivated, new(), static (state, _, e) => Moved(state, ReleaseStatus.Active, e));
        On(ReleaseJson.Default.ReleaseFrozen, new(), static (state, _, e) => Moved(state, ReleaseStatus.Frozen, e));
        On(ReleaseJson.Default.ReleaseReleased, new(), static (state, released, e) => Moved(state, ReleaseStatus.Released, e) with
        {
            ReleasedAt = released.ReleasedAt ?? e.OccurredAt,
        });
        On(ReleaseJson.Default.ReleaseBlocked, new(), static (state, blocked, e) => Moved(state, ReleaseStatus.Blocked, e) with { BlockReason = blocked.Reason });
        On(ReleaseJson.Default.ReleaseUnblocked, new(), static (state, _, e) => Moved(state, ReleaseStatus.Active, e) with { BlockReason = null });
        On(ReleaseJson.Default.ReleaseAborted, new(), static (state, aborted, e) => Moved(state, ReleaseStatus.Aborted, e) with { AbortReason = aborted.Reason });
        On(ReleaseJson.Default.ReleaseGateOverridden, new(), static (state, overridden, e) => Touched(state, e) with
        {
            Override = new GateOverride(overridden.Reason, overridden.Gates, overridden.OverriddenBy, overridden.Role, e.OccurredAt),
        });
        On(ReleaseJson.Default.DeploymentEnabled, new(), static (state, _, e) => Touched(state, e));
        On(ReleaseJson.Default.DeploymentAborted, new(), static (state, _, e) => Touched(state, e));
        OnOthers(static (state, e) => state.Exists ? state : Touched(state, e));
    }

    private static ReleaseState Moved(ReleaseState state, ReleaseStatus status, RecordedEvent e) => Touched(state, e) with { Status = status };

    private static ReleaseState Touched(ReleaseState state, RecordedEvent e) => state with
    {
        Id = e.Stream.AggregateId.Value, CreatedAt = state.CreatedAt ?? e.OccurredAt, UpdatedAt = e.OccurredAt,
    };
}
