using System.Diagnostics;
using System.Globalization;

namespace QANexus.Benchmarks.Comparison;

/// <summary>
/// The same work on both stores, in turns: what else the machine does disturbs both alike, and a ratio is of neighbours. The first round warms up and
/// does not count.
/// </summary>
internal sealed class ComparisonRun(IComparedStore ours, IComparedStore marten)
{
    private const string Tenant = "compared";
    private const int Rounds = 7;
    private const int ReadStreams = 20;

    private int streams;

    public async IAsyncEnumerable<ComparisonRow> RunAsync(IReadOnlyList<HistoryStream>? history)
    {
        foreach (var (writers, events) in new[] { (1, 1), (1, 10), (16, 1), (16, 10) })
        {
            var appends = writers == 1 ? 100 : 800;
            yield return await CompareAsync(
                $"append {events}, {writers} writer{(writers == 1 ? "" : "s")}", "appends/s", appends, (store, round) => AppendAsync(store, round, writers, appends, events));
        }

        foreach (var store in (IComparedStore[])[ours, marten])
        {
            await FillAsync(store);
        }

        yield return await CompareAsync("read a stream of 100 events", "reads/s", 200, ReadAsync);
        yield return await CompareAsync("first 200 of 400 events of a type among 2,000", "queries/s", 50, QueryAsync);
        if (history is not null)
        {
            yield return await ImportAsync(history);
            yield return await ProjectAsync(history);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<ComparisonRow> CompareAsync(string operation, string unit, int operations, Func<IComparedStore, int, Task> work)
    {
        var rounds = new List<(double, double)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var number = Interlocked.Increment(ref streams);
            var first = round % 2 == 0 ? ours : marten;
            var second = round % 2 == 0 ? marten : ours;
            var (a, b) = (await TimeAsync(() => work(first, number)), await TimeAsync(() => work(second, number)));
            var (our, their) = round % 2 == 0 ? (a, b) : (b, a);
            if (round > 0)
            {
                rounds.Add((operations / our, operations / their));
            }
        }

        return ComparisonRow.Of(operation, unit, rounds);
    }

    private static Task AppendAsync(IComparedStore store, int round, int writers, int appends, int events) =>
        Parallel.ForAsync(0, writers, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (writer, _) =>
        {
            var stream = string.Create(CultureInfo.InvariantCulture, $"append-{round}-{writer}");
            for (var append = 0; append < appends / writers; append++)
            {
                await store.AppendAsync(Tenant, stream, append * (long)events, [.. Enumerable.Range(0, events).Select(Score)]);
            }
        });

    /// <summary>Streams of 100 events, five an append, one of five of the type that is looked for.</summary>
    private static async Task FillAsync(IComparedStore store)
    {
        for (var stream = 0; stream < ReadStreams; stream++)
        {
            for (var append = 0; append < 20; append++)
            {
                await store.AppendAsync("read", StreamName(stream), append * 5, [.. Enumerable.Range(0, 4).Select(Score), new ScoreApproved(append, Text)]);
            }
        }
    }

    private static async Task ReadAsync(IComparedStore store, int round)
    {
        for (var read = 0; read < 200; read++)
        {
            Require(await store.ReadAsync("read", StreamName(read % ReadStreams)), 100, store);
        }
    }

    private static async Task QueryAsync(IComparedStore store, int round)
    {
        for (var query = 0; query < 50; query++)
        {
            Require(await store.QueryAsync<ScoreApproved>("read"), 200, store);
        }
    }

    private async Task<ComparisonRow> ImportAsync(IReadOnlyList<HistoryStream> history)
    {
        var appends = history.Sum(static stream => stream.Appends.Count);
        var (our, their) = (await TimeAsync(() => AppendAllAsync(ours)), await TimeAsync(() => AppendAllAsync(marten)));
        return ComparisonRow.Of("append the history, 16 writers", "appends/s", [(appends / our, appends / their)]);

        Task AppendAllAsync(IComparedStore store) =>
            Parallel.ForEachAsync(history, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (stream, _) =>
            {
                var version = 0L;
                foreach (var append in stream.Appends)
                {
                    await store.AppendAsync(stream.Tenant, stream.Id, version, append);
                    version += append.Count;
                }
            });
    }

    /// <summary>Everything that was appended in this run, the history most of all, through one view of one document a stream.</summary>
    private async Task<ComparisonRow> ProjectAsync(IReadOnlyList<HistoryStream> history)
    {
        var tenants = history.Select(static stream => stream.Tenant).Distinct(StringComparer.Ordinal).Append("read").Append(Tenant).ToList();
        var (our, their) = (await TimeAsync(() => ours.ProjectAsync(tenants)), await TimeAsync(() => marten.ProjectAsync(tenants)));
        var events = 0L;
        foreach (var tenant in tenants)
        {
            var counted = await ours.CountProjectedAsync(tenant);
            Require(await marten.CountProjectedAsync(tenant), counted, marten);
            events += counted;
        }

        return ComparisonRow.Of(string.Create(CultureInfo.InvariantCulture, $"projection catch-up, {events:N0} events"), "events/s", [(events / our, events / their)]);
    }

    private static string Text { get; } = new('x', 170);

    private static string StreamName(int stream) => string.Create(CultureInfo.InvariantCulture, $"read-{stream}");

    private static IComparedEvent Score(int number) => new ScoreChanged(number, Text);

    private static void Require(long count, long expected, IComparedStore store)
    {
        if (count != expected)
        {
            throw new InvalidOperationException($"{store.Name} gave {count} events instead of {expected}.");
        }
    }
}
