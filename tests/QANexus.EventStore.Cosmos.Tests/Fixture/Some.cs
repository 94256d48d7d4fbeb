using System.Globalization;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>Things that tests need some of, whichever.</summary>
public static class Some
{
    public static StreamId Stream { get; } = StreamId.Parse("Requirement:r1");

    public static StreamReadOptions All { get; } = new() { MaxCount = 1_000 };

    public static NewEvent Event(string type = "RequirementCreated", string? id = null, string data = "{}", DateTimeOffset? at = null)
    {
        var hasId = EventId.TryParseOwn(id, out var own);
        return new NewEvent { Type = EventType.Parse(type), Data = JsonObjectText.Parse(data), Id = hasId ? own : null, OccurredAt = at };
    }

    /// <summary>Events whose data tell them apart.</summary>
    public static IReadOnlyList<NewEvent> Events(int count, int dataBytes = 0) =>
        [.. Enumerable.Range(1, count).Select(n => Event(data: Data(n, dataBytes)))];

    public static AppendRequest Append(ExpectedPosition expected, params IReadOnlyList<NewEvent> events) =>
        new() { Stream = Stream, Events = events, Expected = expected };

    public static AppendRequest Append(string key, ExpectedPosition expected, params IReadOnlyList<NewEvent> events) =>
        Append(expected, events) with { CommitId = CommitId.Parse(key) };

    public static AppendResult.Appended Stored(this AppendResult result) => Assert.IsType<AppendResult.Appended>(result);

    public static StreamPosition Position(this AppendResult result) => result.Stored().Receipt.Position;

    public static AppendResult.VersionConflict Conflict(this AppendResult result) => Assert.IsType<AppendResult.VersionConflict>(result);

    public static async Task<IReadOnlyList<RecordedEvent>> ReadAllAsync(this IEventReader reader, StreamId stream) =>
        (await reader.ReadAfterAsync(stream, StreamPosition.Start, CancellationToken.None)).Events;

    private static string Data(int n, int bytes)
    {
        var number = n.ToString(CultureInfo.InvariantCulture);
        var padding = new string('x', Math.Max(0, bytes - 16 - number.Length));
        return $$"""{"n":{{number}},"text":"{{padding}}"}""";
    }
}
