using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Registers what depends on the class of the state.</summary>
    internal abstract void AddTo(IServiceCollection services);
}
