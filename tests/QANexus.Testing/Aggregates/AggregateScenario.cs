using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Testing.Aggregates;

/// <summary>
/// Tests how an aggregate decides: <c>Scenario.Of(definition).Given(events).When(state => …).Then(events)</c>. Events go through their JSON as
/// they would through the store, so that a class which does not survive it fails here.
/// </summary>
public sealed class AggregateScenario<TState>
    where TState : class
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly AggregateDefinition<TState> definition;
    private readonly IReadOnlyList<RecordedEvent> history;
    private readonly string actor;
    private readonly DateTimeOffset time;

    internal AggregateScenario(AggregateDefinition<TState> definition)
        : this(definition, [], "test", Start)
    {
    }

    private AggregateScenario(
        AggregateDefinition<TState> definition, IReadOnlyList<RecordedEvent> history, string actor, DateTimeOffset time) =>
        (this.definition, this.history, this.actor, this.time) = (definition, history, actor, time);

    private StreamPosition End => history is [.., var last] ? new StreamPosition(last.Commit, last.Version) : StreamPosition.Start;

    /// <summary>Who causes the events that follow, given or raised; <c>test</c> where nothing is said.</summary>
    public AggregateScenario<TState> By(string who) => new(definition, history, who, time);

    /// <summary>When the events that follow, given or raised, happen and are stored.</summary>
    public AggregateScenario<TState> At(DateTimeOffset when) => new(definition, history, actor, when);

    /// <summary>What happened before, one commit for each call; calls add up.</summary>
    public AggregateScenario<TState> Given(params IReadOnlyList<object> events) =>
        Decision.Raise(events) is Decision.Raised raised
            ? new AggregateScenario<TState>(definition, [.. history, .. Record(raised.ToNew(definition))], actor, time)
            : this;

    /// <summary>The data of the given event <paramref name="version"/> have been taken away.</summary>
    public AggregateScenario<TState> WithRedacted(long version)
    {
        var redaction = new Redaction(time, actor, "asked for");
        return new AggregateScenario<TState>(
            definition, [.. history.Select(e => e.Version == version ? e with { Data = TestEvents.Redacted, Redaction = redaction } : e)], actor, time);
    }

    /// <summary>The state that the given events lead to.</summary>
    public TState ToState() => definition.Evolve(definition.Initial, history);

    /// <summary>What is asked of the aggregate.</summary>
    public AggregateOutcome<TState> When(Func<TState, Decision> decide)
    {
        var state = ToState();
        return new AggregateOutcome<TState>(definition, state, End, decide(state), Record);
    }

    private IReadOnlyList<RecordedEvent> Record(IReadOnlyList<NewEvent> events) =>
        events.ToRecorded(EventCatalog.Empty, new StreamId(definition.Type, AggregateId.Parse("a1")), End, time, new AppendMetadata { Actor = actor });
}
