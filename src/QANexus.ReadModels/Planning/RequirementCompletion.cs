using System.Text.Json;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Planning;

/// <summary>
/// Completes requirements whose tasks are all done when a sprint is completed. Tasks can be spread over sprints, so the done ones are written down first, in
/// the view <c>finished-tasks</c>: of two sprints that are completed together, whoever comes second finds the tasks of both.
/// </summary>
internal sealed class RequirementCompletion(
    AggregateRepositories<SprintState> sprints, AggregateRepositories<RequirementState> requirements, CausedCommands commands, IEventStore store,
    IViewWriter writer, IViewReader views) : IEventSubscriber
{
    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("complete-requirements");

    /// <summary>The name of the view.</summary>
    public static SubscriptionName FinishedTasks { get; } = SubscriptionName.Parse("finished-tasks");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<SprintCompleted>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, SprintAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        var tenant = store.ForTenant(delivery.Tenant);
        var sprint = await sprints.For(tenant).LoadAsync(e.Stream.AggregateId, new StreamPosition(e.Commit, e.Version), cancellationToken);
        var done = sprint.State.Items.Where(static item => item is { Status: SprintItemStatus.Done, RequirementId: not null }).ToList();
        foreach (var items in done.GroupBy(static item => item.RequirementId!, StringComparer.Ordinal))
        {
            if (AggregateId.TryParse(items.Key, out var requirement))
            {
                await CompleteAsync(delivery, requirement, [.. items.Select(static item => item.Id)], cancellationToken);
            }
        }
    }

    private async Task CompleteAsync(EventDelivery delivery, AggregateId id, HashSet<string> done, CancellationToken cancellationToken)
    {
        var requirement = (await requirements.For(store.ForTenant(delivery.Tenant)).LoadAsync(id, cancellationToken)).State;
        var finished = requirement.Tasks.Where(task => done.Contains(task.Id)).ToList();
        if (finished.Count == 0)
        {
            return;
        }

        await writer.CreateAsync(FinishedTasks, [.. finished.Select(task => DocumentOf(delivery, id, task))], cancellationToken);
        foreach (var task in requirement.Tasks.Except(finished))
        {
            if ((await views.FindAsync(delivery.Tenant, FinishedTasks, ViewId.Parse(task.Id), atLeast: null, cancellationToken)).Value is null)
            {
                return;
            }
        }

        await commands.ExecuteAsync(requirements, id, delivery, static state => state.Complete(), cancellationToken);
    }

    private static NewViewDocument DocumentOf(EventDelivery delivery, AggregateId requirement, RequirementTask task) => new(
        delivery,
        ViewId.Parse(task.Id),
        JsonSerializer.SerializeToUtf8Bytes(
            new FinishedTask(task.Id, requirement.Value, delivery.Event.Stream.AggregateId.Value, delivery.Event.OccurredAt), PlanningJson.Default.FinishedTask));
}
