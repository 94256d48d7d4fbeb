using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Views;

public sealed class RebuildTests
{
    [Fact]
    public async Task A_rebuild_while_events_arrive_and_processes_die_ends_equal_to_the_fold_with_side_effects_off()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var n = 0; n < 250; n++)
        {
            await fixture.AppendAsync($"Bug:b{n % 20}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        // The old version is wrong: it has seen the first half only, and nothing will repair it.
        await DeliverAsync(fixture, (await fixture.ReadFeedAsync()).Take(3));
        var rebuilds = fixture.Get<IViewRebuilds>();
        var asked = await rebuilds.RequestAsync(ReadModelFixture.Tenant, DailyActivity.Name, CancellationToken.None);
        Assert.Equal((RebuildState.Waiting, 0, 250), (asked!.State, asked.Done, asked.Total));
        Assert.Equal(asked, await rebuilds.RequestAsync(ReadModelFixture.Tenant, DailyActivity.Name, CancellationToken.None));

        var states = new List<RebuildState>();
        for (var run = 0; run < 50 && await StateAsync(fixture) is not RebuildState.Done; run++)
        {
            using (fixture.Account.Faults.Add(new FaultRule
            {
                Fault = new StatusFault(403), Container = "views", Requests = [RequestKind.Batch], Skip = 3, Times = 1,
            }))
            {
                // Every run dies after a few writes, and another process goes on.
                await Record.ExceptionAsync(() => fixture.Get<ViewRebuilds>().RunAsync(CancellationToken.None));
            }

            states.Add(await StateAsync(fixture));
            var written = await fixture.AppendAsync($"Bug:b{run % 20}", ("Triaged", "2026-11-26T10:00:00Z"));
            Assert.True(written.Version > 0);
            fixture.Start();
            await DeliverAsync(fixture, (await fixture.ReadFeedAsync()).TakeLast(1));
        }

        Assert.Equal(RebuildState.Done, await StateAsync(fixture));
        Assert.Contains(RebuildState.Building, states);
        await DeliverAsync(fixture, await fixture.ReadFeedAsync());
        fixture.Start();
        Assert.Equal(
            ["""2026-11-25 {"date":"2026-11-25","total":250,"types":{"Reported":250}}""", $$$"""2026-11-26 {"date":"2026-11-26","total":{{{states.Count}}},"types":{"Triaged":{{{states.Count}}}}}"""],
            await ProjectionTests.AllAsync(fixture, DailyActivity.Name));
        Assert.Equal(0, await fixture.CountAsync("activity"));
        Assert.Equal(22, await fixture.CountAsync("activity~2"));
        Assert.Empty((await fixture.Views.ListAsync(ReadModelFixture.Tenant, AuditTrail.View, after: null, 10, atLeast: null, CancellationToken.None)).Value.Documents);
    }

    [Fact]
    public async Task The_old_version_answers_until_the_new_one_has_caught_up()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));
        await DeliverAsync(fixture, await fixture.ReadFeedAsync());
        await fixture.Get<IViewRebuilds>().RequestAsync(ReadModelFixture.Tenant, StreamList.Name, CancellationToken.None);

        for (var run = 0; run < 50 && await StateAsync(fixture, StreamList.Name) is not RebuildState.Done; run++)
        {
            await fixture.Get<ViewRebuilds>().RunAsync(CancellationToken.None);
            Assert.Single(await ProjectionTests.AllAsync(fixture, StreamList.Name));
        }

        Assert.Equal(RebuildState.Done, await StateAsync(fixture, StreamList.Name));
        Assert.Equal(3, (await fixture.Get<IViewRebuilds>().RequestAsync(ReadModelFixture.Tenant, StreamList.Name, CancellationToken.None))!.Total + 2);
    }

    [Fact]
    public async Task What_the_feed_shows_late_gets_into_the_new_version_even_after_it_has_come_into_force()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.Configure<SubscriptionOptions>(
            static options => options.OldVersionGrace = TimeSpan.FromMinutes(1)));
        for (var n = 0; n < 10; n++)
        {
            await fixture.AppendAsync($"Bug:b{n}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        await fixture.Get<IViewRebuilds>().RequestAsync(ReadModelFixture.Tenant, DailyActivity.Name, CancellationToken.None);
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new LateFeedFault(Pages: 4), Container = "events", Times = 1 }))
        {
            for (var run = 0; run < 50 && await StateAsync(fixture) is not RebuildState.Removing; run++)
            {
                await fixture.Get<ViewRebuilds>().RunAsync(CancellationToken.None);
            }
        }

        for (var run = 0; run < 10; run++)
        {
            await fixture.Get<ViewRebuilds>().RunAsync(CancellationToken.None);
        }

        Assert.Equal(RebuildState.Removing, await StateAsync(fixture));
        Assert.Equal(
            ["""2026-11-25 {"date":"2026-11-25","total":10,"types":{"Reported":10}}"""], await ProjectionTests.AllAsync(fixture, DailyActivity.Name));
    }

    [Fact]
    public async Task What_a_subscriber_writes_cannot_be_rebuilt()
    {
        await using var fixture = await ReadModelFixture.StartAsync();

        Assert.Null(await fixture.Get<IViewRebuilds>().RequestAsync(ReadModelFixture.Tenant, AuditTrail.View, CancellationToken.None));
    }

    private static async Task DeliverAsync(ReadModelFixture fixture, IEnumerable<string> batches)
    {
        foreach (var batch in batches)
        {
            await ProjectionTests.DeliverAsync(fixture, batch);
        }
    }

    private static async Task<RebuildState> StateAsync(ReadModelFixture fixture, SubscriptionName? view = null) =>
        (await fixture.Get<IViewRebuilds>().FindAsync(ReadModelFixture.Tenant, view ?? DailyActivity.Name, CancellationToken.None))!.State;
}
