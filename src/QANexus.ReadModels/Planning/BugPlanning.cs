using QANexus.Domain.Bugs;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Planning;

/// <summary>
/// Puts a bug that was triaged on the board of the sprint that is ACTIVE, and into its lane DONE when it was verified or is none. Where no sprint is ACTIVE, or it
/// started later, nothing happens.
/// </summary>
internal sealed class BugPlanning(
    AggregateRepositories<BugState> bugs, AggregateRepositories<SprintState> sprints, ReservationDesk desk, CausedCommands commands, IEventStore store)
    : IEventSubscriber
{
    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("plan-bugs");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<BugTriaged>(), EventData.TypeOf<BugVerified>(), EventData.TypeOf<BugInvalidated>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, BugAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var tenant = store.ForTenant(delivery.Tenant);
        if (await desk.FindHolderAsync(tenant, Reservation.ActiveSprint, cancellationToken) is not { } sprint)
        {
            return;
        }

        var (e, id) = (delivery.Event, delivery.Event.Stream.AggregateId);
        if (!e.Is<BugTriaged>())
        {
            await commands.ExecuteAsync(sprints, sprint, delivery, state => state.SettleBug(id.Value), cancellationToken);
            return;
        }

        var bug = (await bugs.For(tenant).LoadAsync(id, new StreamPosition(e.Commit, e.Version), cancellationToken)).State;
        if (bug.Status is BugStatus.Triaged or BugStatus.InProgress)
        {
            await commands.ExecuteAsync(sprints, sprint, delivery, state => state.TakeUp(BugItem.For(id.Value, bug), e.OccurredAt), cancellationToken);
        }
    }
}
