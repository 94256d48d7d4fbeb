using QANexus.Api.Responses;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Events;

/// <summary>Writes a page of a tenant query.</summary>
internal static class EventPageAnswer
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<RecordedEvent> events, string? nextLink) =>
        JsonText.Write(EventJson.ExpectedBytes(events), writer =>
        {
            writer.WriteStartObject();
            EventJson.WriteAll(writer, events);
            if (nextLink is not null)
            {
                writer.WriteString("nextLink"u8, nextLink);
            }

            writer.WriteEndObject();
        });
}
