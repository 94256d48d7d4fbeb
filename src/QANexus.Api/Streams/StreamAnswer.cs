using QANexus.Api.Events;
using QANexus.Api.Responses;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Streams;

/// <summary>Writes a page of a stream.</summary>
internal static class StreamAnswer
{
    public static ReadOnlyMemory<byte> Write(StreamSlice slice, string? nextLink) => JsonText.Write(EventJson.ExpectedBytes(slice.Events), writer =>
    {
        writer.WriteStartObject();
        EventJson.WriteAll(writer, slice.Events);
        writer.WriteNumber("version"u8, slice.Position.Version);
        if (nextLink is not null)
        {
            writer.WriteString("nextLink"u8, nextLink);
        }

        writer.WriteEndObject();
    });
}
