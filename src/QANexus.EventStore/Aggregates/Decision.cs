namespace QANexus.EventStore.Aggregates;

/// <summary>What an aggregate makes of a command: events that happened, nothing, or a no. It is data; nothing is written by making one.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The command changes nothing, because what it asks for is so already. Answered with success, without an event.</summary>
    public static Decision Nothing { get; } = new NoChange();

    /// <summary>
    /// The events happened, all of them or none, in this order: each an instance of a class that the definition registered with
    /// <see cref="AggregateDefinition{TState}.On{TEvent}(Streams.EventType, System.Text.Json.Serialization.Metadata.JsonTypeInfo{TEvent}, Func{TState, TEvent, Reading.RecordedEvent, TState}, Func{TState, Reading.RecordedEvent, TState})"/>,
    /// or a <see cref="RaisedEvent"/> that holds one. No events are <see cref="Nothing"/>.
    /// </summary>
    public static Decision Raise(params IReadOnlyList<object> events) =>
        events.Count == 0 ? Nothing : new Raised([.. events.Select(static e => e as RaisedEvent ?? new RaisedEvent(e))]);

    /// <summary>A rule that must always hold would be broken.</summary>
    /// <param name="rule">Its name, stable, for programs: <c>sprint.capacity.exceeded</c>.</param>
    /// <param name="message">What is wrong, in words for the caller.</param>
    public static Decision Violates(string rule, string message) => new Rejection(rule, message, RejectionKind.Invariant);

    /// <summary>The aggregate's status does not allow the command.</summary>
    /// <param name="rule">Its name, stable, for programs: <c>sprint.transition</c>.</param>
    /// <param name="message">What is wrong, in words for the caller.</param>
    public static Decision Forbids(string rule, string message) => new Rejection(rule, message, RejectionKind.Transition);

    /// <inheritdoc cref="Raise"/>
    /// <param name="Events">The events in order, at least one.</param>
    public sealed record Raised(IReadOnlyList<RaisedEvent> Events) : Decision;

    /// <inheritdoc cref="Nothing"/>
    public sealed record NoChange : Decision;

    /// <summary>A domain rule says no; nothing is written.</summary>
    /// <param name="Rule">Its name, stable, for programs.</param>
    /// <param name="Message">What is wrong, in words for the caller.</param>
    /// <param name="Kind">What kind of rule.</param>
    public sealed record Rejection(string Rule, string Message, RejectionKind Kind) : Decision;
}
