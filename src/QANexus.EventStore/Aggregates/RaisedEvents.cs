using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>The events of a decision on their way into the stream.</summary>
internal static class RaisedEvents
{
    /// <summary>As they are appended.</summary>
    /// <exception cref="InvalidAppendException">An event's data are not I-JSON, such as a number that a double would change.</exception>
    /// <exception cref="ArgumentException">The definition does not know an event's class.</exception>
    public static IReadOnlyList<NewEvent> ToNew<TState>(this Decision.Raised decision, AggregateDefinition<TState> definition)
        where TState : class
    {
        var events = new NewEvent[decision.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var raised = decision.Events[i];
            var fold = definition.FoldOf(raised.Data);
            if (!JsonObjectText.TryParse(fold.Write(raised.Data), out var data, out var violation))
            {
                throw new InvalidAppendException([new AppendViolation($"/events/{i}/data{violation!.Pointer}", violation.Message)]);
            }

            events[i] = new NewEvent
            {
                Type = fold.Type, Data = data, Id = raised.Id, OccurredAt = raised.OccurredAt, Metadata = raised.Metadata,
            };
        }

        return events;
    }

    /// <summary>As a reader will find them if they follow <paramref name="before"/> in one commit.</summary>
    public static IReadOnlyList<RecordedEvent> ToRecorded(
        this IReadOnlyList<NewEvent> events,
        EventCatalog catalog,
        StreamId stream,
        StreamPosition before,
        DateTimeOffset storedAt,
        AppendMetadata metadata)
    {
        var recorded = new RecordedEvent[events.Count];
        var origin = metadata.WithCorrelation();
        for (var i = 0; i < recorded.Length; i++)
        {
            var (e, version) = (events[i], before.Version + 1 + i);
            recorded[i] = new RecordedEvent
            {
                Id = e.Id ?? EventId.At(stream, version),
                Type = e.Type,
                SchemaVersion = e.SchemaVersion ?? catalog.LatestVersion(e.Type),
                Stream = stream,
                Version = version,
                Commit = before.Commit + 1,
                OccurredAt = (e.OccurredAt ?? storedAt).ToUniversalTime(),
                StoredAt = storedAt,
                Data = e.Data,
                Metadata = e.Metadata,
                Origin = origin,
            };
        }

        return recorded;
    }
}
