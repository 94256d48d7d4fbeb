using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>An event, as the store keeps it or upcast from that.</summary>
public sealed record RecordedEvent
{
    /// <summary>Its id, the caller's or the store's; <c>{eventId}.{n}</c> for a part of one that upcasting splits.</summary>
    public required EventId Id { get; init; }

    /// <summary>What kind of event.</summary>
    public required EventType Type { get; init; }

    /// <summary>The version of the type's schema that <see cref="Data"/> is in.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Its stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>Its place in the stream: dense, from 1. The parts of one event share it, an event that upcasting drops leaves it free.</summary>
    public required long Version { get; init; }

    /// <summary>The commit that it was appended in: dense in the stream, from 1.</summary>
    public required long Commit { get; init; }

    /// <summary>When it happened, UTC, in ticks of 100 ns.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was stored, UTC, by the clock of the process that stored it.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>What happened, or <c>{"redacted":true}</c>. It shares a buffer with its neighbours: copy what is to be kept for long.</summary>
    public required JsonObjectText Data { get; init; }

    /// <summary>What the caller kept beside the data, if anything.</summary>
    public JsonObjectText? Metadata { get; init; }

    /// <summary>Who and what caused the append that it was part of.</summary>
    public required AppendMetadata Origin { get; init; }

    /// <summary>Who took the data away, when and why; null while it is there.</summary>
    public Redaction? Redaction { get; init; }
}
