using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using static QANexus.EventStore.Cosmos.Tests.Feeds.FeedSteps;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

/// <summary>Positions of other tenants, of other containers, and what is none.</summary>
public sealed class FeedPositionTests
{
    [Fact]
    public async Task Two_tenants_of_one_physical_partition_never_see_each_others_events()
    {
        await using var fixture = await StoreFixture.StartAsync();
        Assert.Single(fixture.Account.PartitionKeyRangeIds("qanexus", ContainerNames.Events));
        var ofFirst = await FillAsync(fixture.Store, streams: 3, events: 30, eventsPerCommit: static _ => 1);
        var ofSecond = await FillAsync(fixture.Process.For("t2"), streams: 3, events: 30, eventsPerCommit: static _ => 1);
        var (first, second) = (new FeedReader(fixture.Store), new FeedReader(fixture.Process.For("t2")));

        await first.CatchUpAsync(4);
        await second.CatchUpAsync(4);

        first.HasAll(ofFirst);
        second.HasAll(ofSecond);
        second.Position = first.Position;
        await Assert.ThrowsAsync<InvalidFeedPositionException>(() => second.ReadAsync());
    }

    [Fact]
    public async Task A_position_that_reaches_beyond_its_tenant_shows_nothing_of_others()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 2, events: 6, eventsPerCommit: static _ => 1);
        await FillAsync(fixture.Process.For("t2"), streams: 2, events: 6, eventsPerCommit: static _ => 1);
        var rid = (await fixture.Events.ReadContainerAsync()).Resource.SelfLink.Split('/')[3];
        var reader = new FeedReader(fixture.Store)
        {
            Position = $$$""".{"V":2,"Rid":"{{{rid}}}","Continuation":[{"FeedRange":{"type":"Effective Partition Key Range","value":{"min":"","max":"FF"}},"State":{"type":"beginning"}}]}""",
        };

        await reader.CatchUpAsync(4);

        reader.HasAll(versions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData(".{}")]
    [InlineData(".[]")]
    [InlineData(".nothing")]
    [InlineData("abc.{}")]
    public async Task What_is_no_position_is_refused(string text)
    {
        await using var fixture = await StoreFixture.StartAsync();

        if (FeedPosition.TryParse(text, out var position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => fixture.Store.ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_position_in_a_container_that_was_made_anew_is_refused_after_the_restart()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        var process = fixture.StartProcess();
        await CosmosSchema.CreateAsync(process.Client, "qanexus", CancellationToken.None);

        foreach (var position in page.Commits.Select(static c => c.Position).Append(page.Position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => process.For("t1").ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_position_in_a_container_that_was_made_anew_is_refused_by_the_process_that_gave_it_as_soon_as_there_is_something_to_miss()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        await CosmosSchema.CreateAsync(fixture.Process.Client, "qanexus", CancellationToken.None);
        var versions = await FillAsync(fixture.StartProcess().For("t1"), streams: 1, events: 6, eventsPerCommit: static _ => 1);

        foreach (var position in page.Commits.Select(static c => c.Position).Append(page.Position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => fixture.Store.ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync(4);
        reader.HasAll(versions);
    }

    [Fact]
    public async Task A_container_that_was_made_anew_is_followed_from_its_beginning_by_a_process_that_knew_the_old_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        await CosmosSchema.CreateAsync(fixture.Process.Client, "qanexus", CancellationToken.None);
        var versions = await FillAsync(fixture.StartProcess().For("t1"), streams: 1, events: 6, eventsPerCommit: static _ => 1);

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync(2);

        reader.HasAll(versions);
    }
}
