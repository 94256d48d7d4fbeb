using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>A kind of aggregate, whatever its state. Derive from <see cref="AggregateDefinition{TState}"/>.</summary>
public abstract class AggregateDefinition
{
    private protected AggregateDefinition(AggregateType type) => Type = type;

    /// <summary>The first half of its streams' names.</summary>
    public AggregateType Type { get; }

    /// <summary>The event types that it folds, in their latest form.</summary>
    public abstract IReadOnlyCollection<EventType> EventTypes { get; }

    /// <summary>
    /// Why an event in its latest form, of a type that the aggregate folds, is none that it can fold, whatever its state; null where it is one, or of
    /// another type. The pointer is into the event.
    /// </summary>
    internal abstract JsonViolation? FindMisfit(RecordedEvent e);

    /// <summary>Registers what depends on the class of the state.</summary>
    internal abstract void AddTo(IServiceCollection services);
}
