using QANexus.Api.Responses;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.Api.Streams;

/// <summary>Writes the answer to an append.</summary>
internal static class AppendAnswer
{
    private const int BytesPerEvent = 96;

    public static ReadOnlyMemory<byte> Write(TenantId tenant, AppendReceipt receipt) => JsonText.Write(512 + (receipt.Events.Count * BytesPerEvent), writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tenantId"u8, tenant.Value);
        writer.WriteString("aggregateType"u8, receipt.Stream.AggregateType.Value);
        writer.WriteString("aggregateId"u8, receipt.Stream.AggregateId.Value);
        writer.WriteNumber("commit"u8, receipt.Position.Commit);
        writer.WriteNumber("version"u8, receipt.Position.Version);
        writer.WriteString("commitId"u8, receipt.CommitId.Value);
        writer.WriteString("storedAt"u8, Rfc3339.Format(receipt.StoredAt));
        writer.WriteStartArray("events"u8);
        foreach (var e in receipt.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("eventId"u8, e.Id.Value);
            writer.WriteNumber("version"u8, e.Version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
