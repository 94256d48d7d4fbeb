using System.Text.Json;
using QANexus.Domain.Sprints;
using QANexus.EventStore;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Sprints;

/// <summary>
/// Writes down, in the view <c>sprint-baselines</c>, what could be expected of a sprint when it began: one document per start, by the events of the sprints
/// before, as it is never written again and the view of velocities may not have heard of the last one yet. It holds ids and numbers, and nothing that a redaction
/// would take away.
/// </summary>
internal sealed class SprintBaselines(IEventStore store, IViewWriter writer) : IEventSubscriber
{
    private static readonly AggregateType Sprint = AggregateType.Parse(SprintAggregate.TypeName);

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
        var before = (await CompletionsAsync(delivery.Tenant, cancellationToken))
            .Where(completion => completion.OccurredAt <= e.OccurredAt)
            .OrderBy(static completion => completion.OccurredAt)
            .ThenBy(static completion => completion.Stream.AggregateId.Value, StringComparer.Ordinal)
            .TakeLast(VelocityTrend.Window).ToList();
        var started = e.Read(SprintJson.Default.SprintStarted);
        var baseline = new SprintBaseline(
            e.Stream.AggregateId.Value, e.OccurredAt, started.ItemCount, started.TotalStoryPoints,
            before.Count == 0 ? null : VelocityTrend.Of([.. before.Select(static completion => completion.Read(SprintJson.Default.SprintCompleted).CompletedStoryPoints)]).Average,
            [.. before.Select(static completion => completion.Stream.AggregateId.Value)]);
        var document = new NewViewDocument(delivery, ViewId.Of(e.Stream), JsonSerializer.SerializeToUtf8Bytes(baseline, SprintsJson.Default.SprintBaseline));
        await writer.CreateAsync(View, [document], cancellationToken);
    }

    /// <summary>The last completion of every sprint that still says what was done.</summary>
    private async Task<IEnumerable<RecordedEvent>> CompletionsAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var found = new Dictionary<StreamId, RecordedEvent>();
        EventCursor? after = null;
        do
        {
            var page = await store.ForTenant(tenant).QueryAsync(
                new EventQuery { Type = EventData.TypeOf<SprintCompleted>(), AggregateType = Sprint, MaxCount = EventQuery.LargestMaxCount, After = after },
                cancellationToken);
            foreach (var completion in page.Events.Where(static completion => completion.Redaction is null))
            {
                found[completion.Stream] = found.TryGetValue(completion.Stream, out var known) && known.Version > completion.Version ? known : completion;
            }

            after = page.Next;
        }
        while (after is not null);

        return found.Values;
    }
}
