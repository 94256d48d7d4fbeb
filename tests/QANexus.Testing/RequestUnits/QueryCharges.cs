using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.RequestUnits;

/// <summary>Queries over a tenant, and its feed: 20 streams with 10 commits of 20 events of 400 B each, of three types.</summary>
internal static class QueryCharges
{
    private const int Streams = 20;
    private const int Commits = 10;

    public static async IAsyncEnumerable<RequestUnitRow> MeasureAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        for (var commit = 0; commit < Commits; commit++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                await store.AppendAsync(new AppendRequest { Stream = StreamId.Parse($"Requirement:r{stream}"), Events = MeasuredEvents.OfThreeTypes(20) });
            }
        }

        var byType = new EventQuery { Type = MeasuredEvents.Viewed };
        yield return await SteadyAsync(store, "query", "a page of 200 events of one type", RequestUnitBudget.Ceiling(66, 1), () => QueryAsync(store, byType));
        var first = byType with { MaxCount = 1 };
        yield return await SteadyAsync(store, "query", "the first event of one type", RequestUnitBudget.Ceiling(3.6, 1), () => QueryAsync(store, first));
        var newest = new EventQuery { Direction = ReadDirection.Backward, MaxCount = 50 };
        yield return await SteadyAsync(store, "query", "the 50 newest events", RequestUnitBudget.Ceiling(19, 1), () => QueryAsync(store, newest));
        var byAggregate = new EventQuery { AggregateType = AggregateType.Parse("Requirement") };
        yield return await SteadyAsync(
            store, "query", "a page of 200 events of one aggregate type", RequestUnitBudget.Ceiling(66, 1), () => QueryAsync(store, byAggregate));
        yield return await SteadyAsync(store, "query", "an event by its id", RequestUnitBudget.Ceiling(3.3, 1), async () =>
            await store.Events.FindAsync(EventId.At(StreamId.Parse("Requirement:r7"), 77), EventForm.Latest, CancellationToken.None));
        var pageOf200 = RequestUnitBudget.Ceiling(15, 1);
        var page = await store.Events.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        yield return await SteadyAsync(store, "feed", "a page of 200 events in 10 commits", pageOf200, () =>
            store.Events.ReadFeedAsync(page.Position, new FeedReadOptions(), CancellationToken.None));
        while (!page.IsCaughtUp)
        {
            page = await store.Events.ReadFeedAsync(page.Position, new FeedReadOptions { MaxCount = FeedReadOptions.LargestMaxCount }, CancellationToken.None);
        }

        yield return await SteadyAsync(store, "feed", "a look that finds nothing", RequestUnitBudget.Ceiling(1, 1), () =>
            store.Events.ReadFeedAsync(page.Position, new FeedReadOptions(), CancellationToken.None));
        yield return await OneACommitAsync();
    }

    /// <summary>The page of as many commits as events: 300 commits of one event in 20 streams.</summary>
    private static async Task<RequestUnitRow> OneACommitAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        for (var commit = 0; commit < 300; commit++)
        {
            await store.AppendAsync(new AppendRequest { Stream = StreamId.Parse($"Requirement:r{commit % Streams}"), Events = MeasuredEvents.Analyses(1) });
        }

        var byType = new EventQuery { Type = MeasuredEvents.Analyzed };
        return await SteadyAsync(
            store, "query", "a page of 200 events of one type, one a commit", RequestUnitBudget.Ceiling(18.5, 1), () => QueryAsync(store, byType));
    }

    private static Task QueryAsync(MeasuredStore store, EventQuery query) => store.Events.QueryAsync(query, CancellationToken.None);

    /// <summary>The second time: the SDK learns a container's partitions and a query's plan once.</summary>
    private static async Task<RequestUnitRow> SteadyAsync(
        MeasuredStore store, string area, string name, RequestUnitBudget budget, Func<Task> operation)
    {
        await operation();
        return await store.MeasureAsync(area, name, budget, operation);
    }
}
