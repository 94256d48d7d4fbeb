using System.Text.Json;
using QANexus.Api.Responses;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Time;

namespace QANexus.Api.Subscriptions;

/// <summary>Writes how subscriptions stand.</summary>
internal static class SubscriptionJson
{
    private const int ExpectedBytes = 512;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<SubscriptionStatus> subscriptions) => WriteAll(subscriptions, static (writer, status) =>
    {
        writer.WriteString("name"u8, status.Name.Value);
        writer.WriteStartArray("handlers"u8);
        foreach (var handler in status.Handlers)
        {
            writer.WriteStringValue(handler.Value);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("lag"u8);
        writer.WriteNumber("commits"u8, status.LagCommits);
        writer.WriteNumber("seconds"u8, Math.Round(status.Lag.TotalSeconds, 3));
        writer.WriteBoolean("isExact"u8, status.IsLagExact);
        writer.WriteEndObject();
        writer.WriteStartObject("counts"u8);
        writer.WriteNumber("handlers"u8, status.Handlers.Count);
        writer.WriteNumber("parked"u8, status.ParkedStreams);
        writer.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ParkedStream> parked) => WriteAll(parked, static (writer, stream) =>
    {
        writer.WriteString("streamId"u8, stream.Stream.ToString());
        writer.WriteString("handler"u8, stream.Handler.Value);
        writer.WriteNumber("commit"u8, stream.Commit);
        if (stream.EventId is { } id)
        {
            writer.WriteString("eventId"u8, id.Value);
        }

        if (stream.EventType is { } type)
        {
            writer.WriteString("eventType"u8, type.Value);
        }

        writer.WriteString("error"u8, stream.Error);
        writer.WriteNumber("attempts"u8, stream.Attempts);
        writer.WriteString("since"u8, Rfc3339.Format(stream.FirstAt));
        writer.WriteString("lastAt"u8, Rfc3339.Format(stream.LastAt));
    });

    private static ReadOnlyMemory<byte> WriteAll<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members) =>
        JsonText.Write(ExpectedBytes * (items.Count + 1), writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value"u8);
            foreach (var item in items)
            {
                writer.WriteStartObject();
                members(writer, item);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
}
