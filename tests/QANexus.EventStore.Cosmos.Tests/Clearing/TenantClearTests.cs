using System.Text;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Clearing;

public sealed class TenantClearTests
{
    /// <summary>The streams of all events, which a fast writer makes more of than a page holds.</summary>
    private static async Task<List<string>> StreamsAsync(ITenantEventStore store)
    {
        var streams = new List<string>();
        for (var query = new EventQuery { MaxCount = 1_000 }; ;)
        {
            var page = await store.QueryAsync(query, CancellationToken.None);
            streams.AddRange(page.Events.Select(static e => e.Stream.ToString()));
            if (page.Next is null)
            {
                return streams;
            }

            query = query with { After = page.Next };
        }
    }

    private static readonly TenantId Tenant = TenantId.Parse("t1");

    public static IReadOnlyList<ContainerProperties> TenantContainers { get; } =
        [.. CosmosSchema.Containers().Where(static container => container.PartitionKeyPaths[0] == "/tenantId")];

    [Fact]
    public async Task Everything_of_the_tenant_goes_from_every_container_and_nothing_of_anybody_else()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var tag = PositionTag.Create(
            await fixture.Process.Keys.GetAsync(refresh: false, CancellationToken.None), Tenant, Some.Stream, new StreamPosition(1, 1));
        foreach (var tenant in new[] { "t1", "t2", "t" })
        {
            await FillAsync(fixture, tenant, streams: 3, appends: 2);
            await AddToEveryContainerAsync(fixture, tenant);
        }

        var counts = await CountAsync(fixture, "t2");
        var result = await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);

        Assert.Equal((6 + TenantContainers.Count, true), (result.Deleted, result.IsDone));
        Assert.All(await CountAsync(fixture, "t1"), static count => Assert.Equal(0, count));
        Assert.Equal(counts, await CountAsync(fixture, "t2"));
        Assert.Equal(counts, await CountAsync(fixture, "t"));
        var keys = await fixture.StartProcess().Keys.GetAsync(refresh: false, CancellationToken.None);
        Assert.True(PositionTag.Verify(keys, Tenant, Some.Stream, new StreamPosition(1, 1), tag));
    }

    [Fact]
    public async Task An_empty_tenant_is_clear()
    {
        await using var fixture = await StoreFixture.StartAsync();
        for (var n = 1; n <= 3; n++)
        {
            var result = await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);
            Assert.Equal((0, true), (result.Deleted, result.IsDone));
            Assert.Equal(n, (await fixture.Process.Generations.CurrentAsync(Tenant, CancellationToken.None)).Generation);
        }
    }

    [Fact]
    public async Task After_a_clear_streams_begin_anew_and_keys_are_free_again()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key", ExpectedPosition.NoStream, Some.Events(3));
        await fixture.Store.AppendAsync(request, CancellationToken.None);
        await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);

        var store = await CurrentAsync(fixture.Process);

        Assert.Empty(await store.ReadAllAsync(Some.Stream));
        Assert.Equal(0, (await store.CountAsync(null, null, CancellationToken.None)).Count);
        Assert.Empty((await store.QueryAsync(new EventQuery(), CancellationToken.None)).Events);
        Assert.Null((await store.FindAsync(EventId.At(Some.Stream, 1), EventForm.Latest, CancellationToken.None)).Event);
        var again = (await store.AppendAsync(request, CancellationToken.None)).Stored();
        Assert.Equal((false, new StreamPosition(1, 3)), (again.IsReplay, again.Receipt.Position));
    }

    /// <summary>An append whose request had asked for the generation before it was raised, and is carried out when the deletion has passed by.</summary>
    [Fact]
    public async Task What_was_under_way_lands_where_nobody_looks_and_goes_with_the_next_clear()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        var underWay = await CurrentAsync(fixture.StartProcess());
        await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);

        await underWay.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);

        Assert.Empty(await (await CurrentAsync(fixture.Process)).ReadAllAsync(Some.Stream));
        Assert.Empty(await (await CurrentAsync(fixture.StartProcess())).ReadAllAsync(Some.Stream));
        Assert.Equal(1, (await CountAsync(fixture, "t1"))[0]);
        fixture.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None)).Deleted);
        Assert.Equal(0, (await CountAsync(fixture, "t1"))[0]);
    }

    [Fact]
    public async Task Every_request_after_a_clear_works_in_the_new_generation_however_far_the_replicas_of_its_process_lag()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        var other = fixture.StartProcess();
        await (await CurrentAsync(other)).AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        using var lag = fixture.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query] });

        await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);

        Assert.Equal(1, (await other.Generations.CurrentAsync(Tenant, CancellationToken.None)).Generation);
        Assert.Empty(await (await CurrentAsync(other)).ReadAllAsync(Some.Stream));
    }

    /// <summary>Writers of another process never stop. Each knows in which generation it wrote; what is there after the clear is what was written after it.</summary>
    [Fact]
    public async Task Appends_that_race_with_a_clear_are_gone_or_stay_by_the_generation_that_they_asked_for()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var other = fixture.StartProcess();
        var written = new List<(long Generation, StreamId Stream)>();
        var five = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            for (var (n, after) = (0, 0); after < 5; n++)
            {
                after += cleared.Task.IsCompleted ? 1 : 0;
                var tenant = await other.Generations.CurrentAsync(Tenant, CancellationToken.None);
                var stream = StreamId.Parse($"Requirement:r{n}");
                await other.Store.ForTenant(tenant).AppendAsync(
                    Some.Append(ExpectedPosition.NoStream, Some.Events(1)) with { Stream = stream }, CancellationToken.None);
                written.Add((tenant.Generation, stream));
                if (written.Count == 5)
                {
                    five.SetResult();
                }
            }
        });
        await five.Task;

        Assert.True((await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None)).IsDone);
        cleared.SetResult();
        await writing;

        Assert.Equal(written.Select(static w => w.Generation).Order(), written.Select(static w => w.Generation));
        Assert.Equal(
            written.Where(static w => w.Generation == 1).Select(static w => w.Stream.ToString()).Order(StringComparer.Ordinal),
            (await StreamsAsync(await CurrentAsync(fixture.StartProcess()))).Order(StringComparer.Ordinal));
        Assert.Contains(written, static w => w.Generation == 0);
        Assert.Contains(written, static w => w.Generation == 1);
    }

    [Fact]
    public async Task A_call_deletes_so_much_and_says_how_far_it_came_until_it_is_done()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 6, appends: 60);
        var small = fixture.StartProcess(documentsPerClear: 100);
        var results = new List<TenantClearResult>();
        do
        {
            results.Add(await small.Clearing.ClearAsync(Tenant, CancellationToken.None));
            Assert.Empty((await (await CurrentAsync(fixture.Process)).QueryAsync(new EventQuery(), CancellationToken.None)).Events);
        }
        while (!results[^1].IsDone && results.Count < 10);

        Assert.Equal([100, 200, 300, 360], results.Select(static r => r.Deleted));
        Assert.Equal([false, false, false, true], results.Select(static r => r.IsDone));
        Assert.Equal(0, (await CountAsync(fixture, "t1"))[0]);
        Assert.Equal(0, (await small.Clearing.ClearAsync(Tenant, CancellationToken.None)).Deleted);
    }

    [Fact]
    public async Task A_clear_that_dies_half_way_is_finished_by_another_process()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 20, appends: 2);
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "events", Skip = 7 }))
        {
            Assert.Equal("t1", (await Assert.ThrowsAsync<TenantClearUnfinishedException>(
                () => fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None))).Tenant.Value);
        }

        Assert.InRange((await CountAsync(fixture, "t1"))[0], 1, 39);
        Assert.Empty((await (await CurrentAsync(fixture.Process)).QueryAsync(new EventQuery(), CancellationToken.None)).Events);
        Assert.True((await fixture.StartProcess().Clearing.ClearAsync(Tenant, CancellationToken.None)).IsDone);
        Assert.Equal(0, (await CountAsync(fixture, "t1"))[0]);
    }

    public static TheoryData<Fault> PassingFaults => new(
        new LostResponseFault(), new CutConnectionFault(), new CutBodyFault(), new StatusFault(503), new StatusFault(408), new StatusFault(449));

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Faults_that_pass_leave_nothing_behind(Fault fault)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 5, appends: 3);
        using (fixture.Account.Faults.Add(new FaultRule { Fault = fault, Requests = [RequestKind.Batch, RequestKind.Query], Probability = 0.3, Seed = 7 }))
        {
            Assert.True((await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None)).IsDone);
        }

        Assert.Equal(0, (await CountAsync(fixture, "t1"))[0]);
        Assert.NotEqual(0, (await fixture.Process.Generations.CurrentAsync(Tenant, CancellationToken.None)).Generation);
    }

    [Fact]
    public async Task A_clear_that_is_throttled_on_its_way_says_how_far_it_came()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 20, appends: 1);
        TenantClearResult result;
        using (fixture.Account.Faults.Add(
            new FaultRule { Fault = new StatusFault(429, 3200, TimeSpan.FromSeconds(1)), Requests = [RequestKind.Batch], Container = "events", Skip = 7 }))
        {
            result = await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);
        }

        Assert.Equal((7, false), (result.Deleted, result.IsDone));
        result = await fixture.StartProcess().Clearing.ClearAsync(Tenant, CancellationToken.None);
        Assert.Equal((20, true), (result.Deleted, result.IsDone));
    }

    [Fact]
    public async Task A_clear_that_cannot_even_begin_changes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 1, appends: 1);
        using (fixture.Account.Faults.Add(
            new FaultRule { Fault = new StatusFault(429, 3200, TimeSpan.FromSeconds(3)), Requests = [RequestKind.Batch], Container = "subscriptions" }))
        {
            var throttled = await Assert.ThrowsAsync<StoreThrottledException>(() => fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None));
            Assert.Equal(TimeSpan.FromSeconds(3), throttled.RetryAfter);
        }

        Assert.Single((await (await CurrentAsync(fixture.Process)).QueryAsync(new EventQuery(), CancellationToken.None)).Events);
    }

    [Fact]
    public async Task Clears_of_several_processes_at_once_end_with_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 10, appends: 3);
        StoreProcess[] processes = [fixture.Process, fixture.StartProcess(), fixture.StartProcess()];

        var results = await Task.WhenAll(processes.Select(static process => process.Clearing.ClearAsync(Tenant, CancellationToken.None)));

        Assert.All(results, static result => Assert.True(result.IsDone));
        Assert.Equal(0, (await CountAsync(fixture, "t1"))[0]);
        Assert.InRange((await fixture.Process.Generations.CurrentAsync(Tenant, CancellationToken.None)).Generation, 3, 3);
    }

    [Fact]
    public async Task Asking_for_the_generation_costs_one_request_unit()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);
        fixture.Process.Requests.Clear();
        await fixture.Process.Generations.CurrentAsync(Tenant, CancellationToken.None);
        await fixture.Process.Generations.CurrentAsync(TenantId.Parse("t2"), CancellationToken.None);
        Assert.Equal((2, 2), (fixture.Process.Requests.Total.Requests, Math.Round(fixture.Process.Requests.Total.Charge, 1)));
    }

    [Fact]
    public async Task A_clear_costs_what_the_operations_notes_say()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, "t1", streams: 10, appends: 10);
        var full = await fixture.Process.Clearing.ClearAsync(Tenant, CancellationToken.None);
        var empty = await fixture.Process.Clearing.ClearAsync(TenantId.Parse("t2"), CancellationToken.None);
        Assert.InRange((full.RequestCharge - empty.RequestCharge) / full.Deleted, 6.5, 7.5);
        Assert.InRange(empty.RequestCharge / TenantContainers.Count, 5, 10);
    }

    private static async Task<ITenantEventStore> CurrentAsync(StoreProcess process) =>
        process.Store.ForTenant(await process.Generations.CurrentAsync(Tenant, CancellationToken.None));

    private static Task FillAsync(StoreFixture fixture, string tenant, int streams, int appends) => Task.WhenAll(
        Enumerable.Range(0, streams).Select(async n =>
        {
            for (var i = 0; i < appends; i++)
            {
                await fixture.Process.For(tenant).AppendAsync(
                    Some.Append(ExpectedPosition.Any, Some.Events(1)) with { Stream = StreamId.Parse($"Requirement:r{n}") }, CancellationToken.None);
            }
        }));

    private static async Task AddToEveryContainerAsync(StoreFixture fixture, string tenant)
    {
        foreach (var container in TenantContainers)
        {
            var json = $$"""{"id":"some","tenantId":"{{tenant}}","{{container.PartitionKeyPaths[1][1..]}}":"Other:thing"}""";
            using var body = new MemoryStream(Encoding.UTF8.GetBytes(json));
            using var response = await Raw(fixture, container).CreateItemStreamAsync(
                body, new PartitionKeyBuilder().Add(tenant).Add("Other:thing").Build());
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Documents of the tenant, in all its generations, in each container.</summary>
    private static async Task<IReadOnlyList<int>> CountAsync(StoreFixture fixture, string tenant)
    {
        var counts = new List<int>();
        foreach (var container in TenantContainers)
        {
            var query = new QueryDefinition("SELECT VALUE c.id FROM c WHERE c.tenantId = @tenant OR STARTSWITH(c.tenantId, @old)")
                .WithParameter("@tenant", tenant).WithParameter("@old", tenant + "~");
            using var pages = Raw(fixture, container).GetItemQueryIterator<string>(query);
            var count = 0;
            while (pages.HasMoreResults)
            {
                count += (await pages.ReadNextAsync()).Count;
            }

            counts.Add(count);
        }

        return counts;
    }

    private static Container Raw(StoreFixture fixture, ContainerProperties container) => fixture.Process.Client.GetContainer("qanexus", container.Id);
}
