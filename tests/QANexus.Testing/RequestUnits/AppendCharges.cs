using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.RequestUnits;

/// <summary>Appends: by size, by what is known of the position, and refused ones.</summary>
internal static class AppendCharges
{
    private const string Area = "append";

    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    public static async IAsyncEnumerable<RequestUnitRow> MeasureAsync()
    {
        var kilobyte = RequestUnitBudget.OfArchitecture(8.5, 1);
        yield return await AppendAsync("1 event of 1 KB, position trusted", kilobyte, [MeasuredEvents.One(MeasuredEvents.Analyzed, dataBytes: 1_024)]);
        yield return await AppendAsync("5 events of 400 B, three types", RequestUnitBudget.Ceiling(9, 1), MeasuredEvents.OfThreeTypes(5));
        yield return await AppendAsync("20 events of 400 B, three types", RequestUnitBudget.OfArchitecture(10.8, 1), MeasuredEvents.OfThreeTypes(20));
        yield return await AppendAsync("80 events of 400 B, three types", RequestUnitBudget.Ceiling(16.5, 1), MeasuredEvents.OfThreeTypes(80));
        yield return await AnywhereAsync();
        yield return await ConflictAsync("conflict of 1 KB with a key", "key", RequestUnitBudget.OfArchitecture(12, 2));
        yield return await ConflictAsync("conflict of 1 KB without a key", key: null, RequestUnitBudget.OfArchitecture(9, 2));
        yield return await ReplayAsync();
    }

    private static async Task<RequestUnitRow> AppendAsync(string name, RequestUnitBudget budget, IReadOnlyList<NewEvent> events)
    {
        await using var store = await MeasuredStore.StartAsync();
        var position = await store.AppendAsync(Stream, 1, perCommit: 1);
        return await store.MeasureAsync(Area, name, budget, () =>
            store.AppendAsync(new AppendRequest { Stream = Stream, Events = events, Expected = ExpectedPosition.At(position) }));
    }

    private static async Task<RequestUnitRow> AnywhereAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        await store.AppendAsync(Stream, 1, perCommit: 1);
        store.Restart();
        await store.Events.ReadAfterAsync(StreamId.Parse("Warm:up"), StreamPosition.Start, CancellationToken.None);
        return await store.MeasureAsync(Area, "1 event of 400 B, position unknown", RequestUnitBudget.Ceiling(10, 2), () =>
            store.AppendAsync(Stream, 1, perCommit: 1));
    }

    private static async Task<RequestUnitRow> ConflictAsync(string name, string? key, RequestUnitBudget budget)
    {
        await using var store = await MeasuredStore.StartAsync();
        var stale = await store.AppendAsync(Stream, 1, perCommit: 1);
        await store.AppendAsync(Stream, 1, perCommit: 1);
        store.Requests.QueriesTogether = key is null ? 1 : 2;
        return await store.MeasureAsync(Area, name, budget, async () =>
        {
            var result = await store.Events.AppendAsync(Keyed(stale, key), CancellationToken.None);
            Require(result is AppendResult.VersionConflict, "a stale append conflicts");
        });
    }

    private static async Task<RequestUnitRow> ReplayAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        var position = await store.AppendAsync(Stream, 1, perCommit: 1);
        await store.AppendAsync(Keyed(position, "key"));
        store.Requests.QueriesTogether = 2;
        return await store.MeasureAsync(Area, "idempotent replay of 1 KB", RequestUnitBudget.Ceiling(12, 2), async () =>
        {
            var result = await store.Events.AppendAsync(Keyed(position, "key"), CancellationToken.None);
            Require(result is AppendResult.Appended { IsReplay: true }, "a repeat is a replay");
        });
    }

    private static AppendRequest Keyed(StreamPosition at, string? key) => new()
    {
        Stream = Stream,
        Events = [MeasuredEvents.One(MeasuredEvents.Analyzed, dataBytes: 1_024)],
        Expected = ExpectedPosition.At(at),
        CommitId = key is null ? null : CommitId.Parse(key),
    };

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"This was to be measured, and did not happen: {what}.");
        }
    }
}
