using QANexus.Api.Events;
using QANexus.Api.Responses;
using QANexus.EventStore.Feeds;

namespace QANexus.Api.Feeds;

/// <summary>Writes a page of a feed.</summary>
internal static class FeedPageAnswer
{
    public static ReadOnlyMemory<byte> Write(FeedPage page, string cursor)
    {
        var events = page.Events.ToList();
        return JsonText.Write(EventJson.ExpectedBytes(events) + cursor.Length, writer =>
        {
            writer.WriteStartObject();
            EventJson.WriteAll(writer, events);
            writer.WriteString("cursor"u8, cursor);
            writer.WriteBoolean("caughtUp"u8, page.IsCaughtUp);
            writer.WriteEndObject();
        });
    }
}
