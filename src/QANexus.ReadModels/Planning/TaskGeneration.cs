using QANexus.Domain.Requirements;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Planning;

/// <summary>Derives the tasks of a requirement when it is approved, onto the requirement's own stream.</summary>
internal sealed class TaskGeneration(AggregateRepositories<RequirementState> requirements, CausedCommands commands) : IEventSubscriber
{
    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("generate-tasks");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<RequirementApproved>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, RequirementAggregate.TypeName, StringComparison.Ordinal);

    /// <summary>A redacted approval is one: what it asks for follows from the requirement.</summary>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(delivery, state => state.IsApprovedInFull ? state.RecordTasks(TaskPlan.For(state, delivery.Event.Id)) : Decision.Nothing,
                string.Empty, cancellationToken);
        }
        catch (InvalidAppendException tooLarge)
        {
            // Criteria can be so many or so long that their tasks are more than an event holds; trying again makes them no shorter.
            var reason = string.Join("; ", tooLarge.Violations.Select(static violation => violation.Message).Distinct());
            await ExecuteAsync(delivery, state => state.RecordTaskFailure($"The tasks cannot be stored: {reason}."), "failure", cancellationToken);
        }
    }

    private Task<CommandResult<RequirementState>> ExecuteAsync(EventDelivery delivery, Func<RequirementState, Decision> decide, string step, CancellationToken cancellationToken) =>
        commands.ExecuteAsync(requirements, delivery.Event.Stream.AggregateId, delivery, decide, cancellationToken, step);
}
