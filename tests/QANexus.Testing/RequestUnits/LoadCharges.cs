using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.RequestUnits;

/// <summary>Loads of an aggregate by the length of its stream: events of 400 B, 20 a commit, and the newest in commits of one.</summary>
internal static class LoadCharges
{
    private const string Area = "load";
    private const int PerCommit = 20;

    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    public static async IAsyncEnumerable<RequestUnitRow> MeasureAsync()
    {
        yield return await ReadAsync();
        foreach (var (events, cold) in new[] { (10, 3.5), (100, 5.5), (1_000, 20), (10_000, 165) })
        {
            await using var store = await MeasuredStore.StartAsync();
            var behind = Math.Min(10, events / 2);
            await store.AppendAsync(Stream, events - behind, PerCommit);
            await store.Services.GetRequiredService<ISnapshotTaker>().TakeAsync(MeasuredStore.Tenant, Stream, CancellationToken.None);
            await store.AppendAsync(Stream, behind, perCommit: 1);
            var length = events.ToString("N0", CultureInfo.InvariantCulture);
            var snapshot = events == 10_000 ? RequestUnitBudget.OfArchitecture(6, 2) : RequestUnitBudget.Ceiling(6, 2);
            yield return await LoadAsync(store, $"{length} events, cold, snapshot {behind} commits behind", snapshot);
            yield return await store.MeasureAsync(Area, $"{length} events, state cached", RequestUnitBudget.OfArchitecture(1, 1), () => LoadAsync(store));
            yield return await store.MeasureAsync(Area, $"{length} events, replayed without snapshot", RequestUnitBudget.Ceiling(cold, null), () =>
                store.Events.ReadAfterAsync(Stream, StreamPosition.Start, CancellationToken.None));
        }
    }

    /// <summary>The row of the architecture that is about a stream of its own shape.</summary>
    private static async Task<RequestUnitRow> ReadAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        await store.AppendAsync(Stream, 100, perCommit: 5);
        return await store.MeasureAsync(Area, "100 events in 20 commits, cold", RequestUnitBudget.OfArchitecture(8, 1), () =>
            store.Events.ReadAfterAsync(Stream, StreamPosition.Start, CancellationToken.None));
    }

    private static async Task<RequestUnitRow> LoadAsync(MeasuredStore store, string name, RequestUnitBudget budget)
    {
        store.Restart();
        store.Requests.ExpectTogether(2);
        return await store.MeasureAsync(Area, name, budget, () => LoadAsync(store));
    }

    private static async Task LoadAsync(MeasuredStore store) => await store.Requirements.LoadAsync(Stream.AggregateId, CancellationToken.None);
}
