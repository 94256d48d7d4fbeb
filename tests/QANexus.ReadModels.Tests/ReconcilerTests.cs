using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.Tests.Views;

namespace QANexus.ReadModels.Tests;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task What_a_trigger_lost_is_handled_up_to_where_the_trigger_is_and_no_further()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var n = 1; n <= 5; n++)
        {
            await fixture.AppendAsync($"Bug:b{n}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        // Both triggers have passed three commits and handled none of them.
        await fixture.LeaseAsync(SubscriptionGroups.Views, 3);
        await fixture.LeaseAsync(SubscriptionGroups.Subscribers, 3);
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal(["Bug:b1", "Bug:b2", "Bug:b3"], (await ProjectionTests.AllAsync(fixture, StreamList.Name)).Select(static text => text.Split(' ')[0]));
        Assert.Equal(3, (await ProjectionTests.AllAsync(fixture, AuditTrail.View)).Count);

        await fixture.LeaseAsync(SubscriptionGroups.Views, 5);
        fixture.Start();
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal(5, (await ProjectionTests.AllAsync(fixture, StreamList.Name)).Count);
        Assert.Equal(3, (await ProjectionTests.AllAsync(fixture, AuditTrail.View)).Count);
    }

    [Fact]
    public async Task Before_a_trigger_has_begun_nothing_is_its_business()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));

        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Empty(await ProjectionTests.AllAsync(fixture, StreamList.Name));
    }

    [Fact]
    public async Task What_was_handled_is_passed_over_and_the_place_is_kept_over_a_restart_and_a_split()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var n = 0; n < 150; n++)
        {
            await fixture.AppendAsync($"Bug:b{n}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        await fixture.DeliverAsync();
        await fixture.LeaseAsync(SubscriptionGroups.Views, 150);
        await fixture.LeaseAsync(SubscriptionGroups.Subscribers, 150);
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);
        await fixture.Account.SplitAsync("qanexus", "events", "0");
        for (var n = 0; n < 20; n++)
        {
            await fixture.AppendAsync($"Task:t{n}", ("Added", "2026-11-25T10:00:00Z"));
        }

        await fixture.LeaseAsync(SubscriptionGroups.Views, 1_000);
        await fixture.LeaseAsync(SubscriptionGroups.Subscribers, 1_000);
        fixture.Start();
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal(170, (await ProjectionTests.AllAsync(fixture, StreamList.Name)).Count);
        Assert.Equal(170, (await ProjectionTests.AllAsync(fixture, AuditTrail.View)).Count);
    }
}
