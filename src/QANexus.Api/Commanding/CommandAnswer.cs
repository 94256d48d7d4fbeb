using System.Text.Json.Serialization.Metadata;
using QANexus.Api.Events;
using QANexus.Api.Responses;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.Api.Commanding;

/// <summary>Writes the answer to a command: that of an append, with the raised events in full and the aggregate after them.</summary>
internal static class CommandAnswer
{
    private const int BytesBesideEvents = 2048;

    /// <param name="tenant">Whose.</param>
    /// <param name="aggregate">As it is now.</param>
    /// <param name="type">How its state is written.</param>
    /// <param name="receipt">Where the events are; null where there was nothing to do.</param>
    /// <param name="events">What the command raised.</param>
    public static ReadOnlyMemory<byte> Write<TState>(
        TenantId tenant, Aggregate<TState> aggregate, JsonTypeInfo<TState> type, AppendReceipt? receipt, IReadOnlyList<RecordedEvent> events)
        where TState : class => JsonText.Write(BytesBesideEvents + EventJson.ExpectedBytes(events), writer =>
    {
        var position = receipt?.Position ?? aggregate.Position;
        writer.WriteStartObject();
        writer.WriteString("id"u8, aggregate.Stream.AggregateId.Value);
        writer.WriteString("tenantId"u8, tenant.Value);
        writer.WriteString("aggregateType"u8, aggregate.Stream.AggregateType.Value);
        writer.WriteString("aggregateId"u8, aggregate.Stream.AggregateId.Value);
        writer.WriteNumber("commit"u8, position.Commit);
        writer.WriteNumber("version"u8, position.Version);
        if (receipt is not null)
        {
            writer.WriteString("commitId"u8, receipt.CommitId.Value);
            writer.WriteString("storedAt"u8, Rfc3339.Format(receipt.StoredAt));
        }

        writer.WriteStartArray("events"u8);
        foreach (var e in events)
        {
            EventJson.Write(writer, e);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("state"u8);
        AggregateJson.Write(writer, tenant, aggregate.State, type);
        writer.WriteEndObject();
    });
}
