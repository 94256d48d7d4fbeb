using System.Diagnostics;
using System.Text;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Causation;

/// <summary>
/// Carries out commands that follow from an event. The commit id is made of the delivery, so that one that comes again changes nothing more, and the
/// events say which event caused them. That a rule says no is an outcome as good as any: the trace has it, nothing is tried again.
/// </summary>
internal sealed class CausedCommands(IEventStore store)
{
    /// <param name="repositories">Of the kind of aggregate.</param>
    /// <param name="id">Which aggregate.</param>
    /// <param name="delivery">What it follows from.</param>
    /// <param name="decide">What the aggregate makes of it.</param>
    /// <param name="cancellationToken">Observed until the write is sent.</param>
    /// <param name="step">Tells the commands of one delivery to one aggregate apart.</param>
    /// <param name="expected">What must be true of the aggregate; that it exists where nothing is said.</param>
    /// <exception cref="InvalidOperationException">Somebody else used the key, which nobody but the handler can make.</exception>
    public async Task<CommandResult<TState>> ExecuteAsync<TState>(
        AggregateRepositories<TState> repositories, AggregateId id, EventDelivery delivery, Func<TState, Decision> decide,
        CancellationToken cancellationToken, string step = "", ExpectedPosition? expected = null)
        where TState : class
    {
        var command = new AggregateCommand<TState>
        {
            Id = id,
            Decide = decide,
            Expected = expected ?? ExpectedPosition.StreamExists,
            CommitId = delivery.CommitIdFor(step),
            Fingerprint = RequestFingerprint.Of($"{delivery.Handler} {id} {step}", Encoding.UTF8.GetBytes(delivery.Id)),
            Metadata = MetadataOf(delivery),
        };
        var result = await repositories.For(store.ForTenant(delivery.Tenant)).ExecuteAsync(command, cancellationToken);
        Trace(result);
        return result is CommandResult<TState>.KeyReused reused
            ? throw new InvalidOperationException($"The key {reused.CommitId} of {delivery.Handler} was used for something else.")
            : result;
    }

    /// <summary>Nobody asked for it: the handler is the actor, and the event's transaction goes on.</summary>
    public static AppendMetadata MetadataOf(EventDelivery delivery) => new()
    {
        Actor = $"system:{delivery.Handler}",
        CausationId = delivery.Event.Id.Value,
        CorrelationId = delivery.Event.Origin.CorrelationId ?? delivery.Event.Id.Value,
        Source = "qanexus",
        TraceParent = System.Diagnostics.Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : delivery.Event.Origin.TraceParent,
    };

    private static void Trace<TState>(CommandResult<TState> result)
        where TState : class
    {
        if (System.Diagnostics.Activity.Current is { } activity)
        {
            activity.SetTag("qanexus.command.outcome", result.GetType().Name);
            activity.SetTag("qanexus.command.rule", (result as CommandResult<TState>.Rejected)?.Rejection.Rule);
        }
    }
}
