using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Aggregates;

/// <summary>
/// An aggregate of the QA domain: an event type has the name of its class. An event of another type, which a client appended to its stream, says of it no
/// more than that it is there.
/// </summary>
public abstract class QAAggregate<TState> : AggregateDefinition<TState>
    where TState : class
{
    private protected QAAggregate(string type, TState initial, JsonTypeInfo<TState> stateType)
        : base(AggregateType.Parse(type), initial, stateType)
    {
    }

    /// <summary>Registers an event.</summary>
    /// <param name="json">Its data.</param>
    /// <param name="empty">The event without any data: what is left of a redacted one, whose effect on statuses and times stays.</param>
    /// <param name="evolve">The state after it. It takes events as clients may have appended them: everything in them can be missing.</param>
    private protected void On<TEvent>(JsonTypeInfo<TEvent> json, TEvent empty, Func<TState, TEvent, RecordedEvent, TState> evolve)
        where TEvent : class =>
        On(EventType.Parse(typeof(TEvent).Name), json, evolve, (state, e) => evolve(state, empty, e));
}
