using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>An aggregate that lives: what it decides becomes events in JSON, as in the store, and these its state.</summary>
internal sealed class Life<TState>(AggregateDefinition<TState> definition, JsonSerializerContext json)
    where TState : class
{
    public static readonly DateTimeOffset Birth = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly List<RecordedEvent> history = [];

    public TState State { get; private set; } = definition.Initial;

    public DateTimeOffset Now { get; set; } = Birth;

    public IReadOnlyList<RecordedEvent> History => history;

    /// <summary>Carries out a command that must succeed.</summary>
    public Life<TState> Do(params ReadOnlySpan<Func<TState, Decision>> commands)
    {
        foreach (var command in commands)
        {
            var decision = command(State);
            Assert.True(Apply(decision), $"{decision} after {string.Join(", ", history.Select(static e => e.Type))}");
        }

        return this;
    }

    /// <summary>Carries out a command; false where it raised nothing.</summary>
    public bool Apply(Decision decision)
    {
        if (decision is not Decision.Raised raised)
        {
            return false;
        }

        RecordedEvent[] events = [.. raised.Events.Select(Record)];
        history.AddRange(events);
        State = definition.Evolve(State, events);
        Now = Now.AddMinutes(7);
        return true;
    }

    /// <summary>What a command comes to, without carrying it out: the status after it, <c>-</c> for nothing, or the rule that refuses it.</summary>
    public string Try(Func<TState, Decision> command, Func<TState, string> status) => command(State) switch
    {
        Decision.Raised raised => status(definition.Evolve(State, raised.Events.Select(Record))),
        Decision.Rejection rejection => rejection.Rule,
        _ => "-",
    };

    /// <summary>The state from all events, or from a snapshot after some of them.</summary>
    public TState Replay(int snapshotAfter = 0)
    {
        var before = definition.Evolve(definition.Initial, history.Take(snapshotAfter));
        return definition.Evolve(Parse(Show(before)), history.Skip(snapshotAfter));
    }

    /// <summary>The state from the events, of which one has lost its data.</summary>
    public TState ReplayRedacted(int place) => definition.Evolve(definition.Initial, history.Select((e, index) => index == place
        ? e with { Data = JsonObjectText.Parse("""{"redacted":true}"""), Redaction = new Redaction(Now, "ann", "asked for") }
        : e));

    public string Show(TState state) => JsonSerializer.Serialize(state, definition.StateType);

    private TState Parse(string text) => JsonSerializer.Deserialize(text, definition.StateType)!;

    private RecordedEvent Record(RaisedEvent raised, int index)
    {
        var stream = new StreamId(definition.Type, AggregateId.Parse("a1"));
        var version = history.Count + 1 + index;
        var type = raised.Data.GetType();
        return new RecordedEvent
        {
            Id = EventId.At(stream, version),
            Type = EventType.Parse(type.Name),
            SchemaVersion = 1,
            Stream = stream,
            Version = version,
            Commit = version,
            OccurredAt = raised.OccurredAt ?? Now,
            StoredAt = Now,
            Data = JsonObjectText.Parse(JsonSerializer.SerializeToUtf8Bytes(raised.Data, json.GetTypeInfo(type)!)),
            Origin = new AppendMetadata { Actor = "ann" },
        };
    }
}
