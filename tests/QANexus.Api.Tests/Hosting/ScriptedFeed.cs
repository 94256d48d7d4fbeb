using System.Globalization;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Hosting;

/// <summary>Pages of a feed as a test wants them.</summary>
internal static class ScriptedFeed
{
    public static FeedPage Empty => new([], Position(0), IsCaughtUp: true, RequestCharge: 1);

    public static FeedPosition Position(int place)
    {
        Assert.True(FeedPosition.TryParse(string.Create(CultureInfo.InvariantCulture, $".{place}"), out var position));
        return position;
    }

    /// <summary>A page of one commit for each text, whose data it is.</summary>
    public static FeedPage Of(int start, params string[] data) => new(
        [.. data.Select((text, index) => new FeedCommit([Event(start + index, text)], Position(start + index)))],
        Position(start + data.Length - 1),
        IsCaughtUp: false,
        RequestCharge: 1);

    private static RecordedEvent Event(int number, string data) => new()
    {
        Id = EventId.At(StreamId.Parse("Requirement:r1"), number),
        Type = EventType.Parse("A"),
        SchemaVersion = 1,
        Stream = StreamId.Parse("Requirement:r1"),
        Version = number,
        Commit = number,
        OccurredAt = ApiHost.Start,
        StoredAt = ApiHost.Start,
        Data = JsonObjectText.Parse(data),
        Origin = new AppendMetadata(),
    };
}
