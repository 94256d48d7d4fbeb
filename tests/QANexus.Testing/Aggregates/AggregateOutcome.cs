using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Aggregates;

/// <summary>What an aggregate decided, to be compared with what it should.</summary>
public sealed class AggregateOutcome<TState>
    where TState : class
{
    private readonly AggregateDefinition<TState> definition;
    private readonly TState before;
    private readonly StreamPosition end;
    private readonly Decision decision;
    private readonly Func<IReadOnlyList<NewEvent>, IReadOnlyList<RecordedEvent>> record;

    /// <param name="definition">The aggregate.</param>
    /// <param name="before">The state that was decided on.</param>
    /// <param name="end">Where its history ends.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="record">Makes recorded events of new ones, after the history.</param>
    internal AggregateOutcome(
        AggregateDefinition<TState> definition,
        TState before,
        StreamPosition end,
        Decision decision,
        Func<IReadOnlyList<NewEvent>, IReadOnlyList<RecordedEvent>> record) =>
        (this.definition, this.before, this.end, this.decision, this.record) = (definition, before, end, decision, record);

    /// <summary>Exactly these events are raised, in this order. They are compared by type and JSON.</summary>
    /// <returns>The state after them.</returns>
    public TState Then(params IReadOnlyList<object> events)
    {
        var expected = Decision.Raise(events) is Decision.Raised raised ? raised.ToNew(definition) : [];
        if (decision is not Decision.Raised || !Raised.SequenceEqual(expected))
        {
            throw Failed($"these events:\n{TestEvents.Show(expected)}");
        }

        return After();
    }

    /// <summary>Events are raised that <paramref name="check"/> finds right, by throwing nothing: for what a test cannot know beforehand.</summary>
    /// <returns>The state after them.</returns>
    public TState Then(Action<IReadOnlyList<object>> check)
    {
        if (decision is not Decision.Raised raised)
        {
            throw Failed("events");
        }

        check([.. raised.Events.Select(static e => e.Data)]);
        return After();
    }

    /// <summary>The rule of that name says no.</summary>
    /// <returns>The rejection, to look at its kind and message.</returns>
    public Decision.Rejection ThenRejected(string rule) =>
        decision is Decision.Rejection rejection && string.Equals(rejection.Rule, rule, StringComparison.Ordinal)
            ? rejection
            : throw Failed($"a rejection by {rule}");

    /// <summary>There is nothing to do, and that is no error.</summary>
    public void ThenNothing()
    {
        if (decision is not Decision.NoChange)
        {
            throw Failed("nothing");
        }
    }

    private IReadOnlyList<NewEvent> Raised => decision is Decision.Raised raised ? raised.ToNew(definition) : [];

    private TState After() => definition.Evolve(before, record(Raised));

    private ScenarioFailedException Failed(string expected)
    {
        var actual = decision switch
        {
            Decision.Raised => $"these events:\n{TestEvents.Show(Raised)}",
            Decision.Rejection rejection => $"a rejection by {rejection.Rule} ({rejection.Kind}): {rejection.Message}",
            _ => "nothing",
        };
        return new ScenarioFailedException($"After {end.Version} events {definition.Type} should decide {expected}\nbut decided {actual}");
    }
}
