using System.Text.Json;

namespace QANexus.LocalHost.Tests.History;

/// <summary>What of an event must come back: its id, its type, and its data to the byte.</summary>
internal sealed record HistoryEvent(string Id, string Type, string Data)
{
    public static HistoryEvent Read(JsonElement e) =>
        new(e.GetProperty("eventId").GetString()!, e.GetProperty("type").GetString()!, e.GetProperty("data").GetRawText());
}
