using System.Text.Json;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Sprints;

/// <summary>
/// Writes down, in the view <c>sprint-baselines</c>, what could be expected of a sprint when it began: one document per start, by what the view of velocities
/// knows then. It holds ids and numbers, and nothing that a redaction would take away.
/// </summary>
internal sealed class SprintBaselines(IViewReader views, IViewWriter writer) : IEventSubscriber
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName View { get; } = SubscriptionName.Parse("sprint-baselines");

    /// <inheritdoc/>
    public SubscriptionName Name { get; } = SubscriptionName.Parse("record-baselines");

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<SprintStarted>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, SprintAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        var velocity = (await views.FindAsync(delivery.Tenant, Velocity.Name, Velocity.Tenant, atLeast: null, cancellationToken)).Value;
        var known = velocity is null ? [] : JsonSerializer.Deserialize(velocity.Data.Span, SprintsJson.Default.VelocityDocument)!.Sprints;
        var before = known.Where(sprint => sprint.CompletedAt <= e.OccurredAt).TakeLast(VelocityTrend.Window).ToList();
        var started = e.Read(SprintJson.Default.SprintStarted);
        var baseline = new SprintBaseline(
            e.Stream.AggregateId.Value, e.OccurredAt, started.ItemCount, started.TotalStoryPoints,
            before.Count == 0 ? null : VelocityTrend.Of([.. before.Select(static sprint => sprint.CompletedPoints)]).Average,
            [.. before.Select(static sprint => sprint.Id)]);
        var document = new NewViewDocument(delivery, ViewId.Of(e.Stream), JsonSerializer.SerializeToUtf8Bytes(baseline, SprintsJson.Default.SprintBaseline));
        await writer.CreateAsync(View, [document], cancellationToken);
    }
}
