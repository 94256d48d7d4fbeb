using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Deployment;

/// <summary>
/// Checks a release once more when it has become ready, and only then enables its deployment. Where the check cannot be made nothing is enabled: the
/// stream is parked for this handler, to be seen and tried again.
/// </summary>
internal sealed class DeploymentVerification(
    AggregateRepositories<ReleaseState> releases, ReleaseEvaluation evaluation, CausedCommands commands) : IEventSubscriber
{
    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("verify-deployment");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<ReleaseReadinessAchieved>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, ReleaseAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var release = delivery.Event.Stream.AggregateId;
        var decide = await evaluation.PrepareLastCheckAsync(delivery.Tenant, release, cancellationToken);
        await commands.ExecuteAsync(releases, release, delivery, decide, cancellationToken);
    }
}
