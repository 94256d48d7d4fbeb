using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

public sealed class ContentionTests
{
    private const int Writers = 32;
    private const int EventsPerWriter = 5;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task Writers_that_retry_on_conflict_leave_dense_versions_and_each_event_once(int processes, bool lagging)
    {
        await using var fixture = await StoreFixture.StartAsync(durable: lagging);
        using var lag = lagging ? fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(MaxWrites: 3), Requests = [RequestKind.Read, RequestKind.Query],
        }) : null;
        var stores = Enumerable.Range(0, processes).Select(n => (n == 0 ? fixture.Process : fixture.StartProcess()).For("t1")).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(stores[writer % processes], writer))));

        var events = await fixture.StartProcess().For("t1").ReadAllAsync(Some.Stream);
        if (lagging)
        {
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(data: """{"text":"last"}""")), CancellationToken.None);
            events = [.. (await fixture.Store.ReadAllAsync(Some.Stream)).SkipLast(1)];
        }

        Assert.Equal(Enumerable.Range(1, Writers * EventsPerWriter).Select(static v => (long)v), events.Select(static e => e.Version));
        var expected = from writer in Enumerable.Range(0, Writers) from n in Enumerable.Range(0, EventsPerWriter) select Data(writer, n);
        Assert.Equal(expected.Order(StringComparer.Ordinal), events.Select(static e => e.Data.ToString()).Order(StringComparer.Ordinal));
        foreach (var own in events.GroupBy(static e => e.Data.ToString().Split('-')[0]))
        {
            Assert.Equal(own.Select(static e => e.Data.ToString()).Order(StringComparer.Ordinal), own.Select(static e => e.Data.ToString()));
        }
    }

    [Fact]
    public async Task Writers_that_do_not_mind_the_position_all_get_in()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
            fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(data: Data(writer, 0))), CancellationToken.None))));
        var events = await fixture.Store.ReadAllAsync(Some.Stream);
        Assert.Equal(Enumerable.Range(1, Writers).Select(static v => (long)v), events.Select(static e => e.Version));
        Assert.Equal(Writers, events.Select(static e => e.Data.ToString()).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task WriteAsync(ITenantEventStore store, int writer)
    {
        var position = StreamPosition.Start;
        for (var n = 0; n < EventsPerWriter; n++)
        {
            while (true)
            {
                var result = await store.AppendAsync(
                    Some.Append(ExpectedPosition.At(position), Some.Event(data: Data(writer, n))), CancellationToken.None);
                if (result is AppendResult.VersionConflict conflict)
                {
                    position = conflict.Current;
                    continue;
                }

                position = result.Position();
                break;
            }
        }
    }

    private static string Data(int writer, int n) => $$"""{"text":"{{writer:D2}}-{{n:D2}}"}""";
}
