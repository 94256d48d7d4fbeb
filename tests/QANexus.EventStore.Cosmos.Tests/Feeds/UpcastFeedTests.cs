using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

public sealed class UpcastFeedTests
{
    [Fact]
    public async Task Events_are_split_and_dropped_without_a_page_being_cut_inside_them()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "Old");
        await AppendAsync(fixture, "Gone");
        await AppendAsync(fixture, "Old");
        var reader = new FeedReader(UpcastingStore(fixture));

        // The parts of one event count as one; a commit of which nothing is left is passed over.
        await reader.CatchUpAsync(1);

        Assert.Equal(
            ["Requirement:r1:1.1", "Requirement:r1:1.2", "Requirement:r1:3.1", "Requirement:r1:3.2"], reader.Received.Select(static e => e.Id.Value));
        Assert.InRange(reader.Pages, 2, 3);
    }

    [Fact]
    public async Task Events_are_given_as_stored_to_who_asks_for_that()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "Old");
        await AppendAsync(fixture, "Gone");

        var page = await UpcastingStore(fixture).ReadFeedAsync(after: null, new FeedReadOptions { Form = EventForm.AsStored }, CancellationToken.None);

        Assert.Equal(["Old", "Gone"], page.Events.Select(static e => e.Type.Value));
    }

    [Fact]
    public async Task A_failing_step_fails_the_read_that_begins_with_its_event_and_not_the_one_before()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "Fine");
        await AppendAsync(fixture, "Fine");
        await AppendAsync(fixture, "Broken");
        await AppendAsync(fixture, "Fine");
        var reader = new FeedReader(UpcastingStore(fixture));

        var page = await reader.ReadAsync();
        Assert.Equal((2, false), (page.Events.Count(), page.IsCaughtUp));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => reader.ReadAsync());
            Assert.Equal(("Broken", 1), (failure.Type.Value, failure.Version));
        }
    }

    [Fact]
    public async Task A_read_that_waits_is_not_ended_by_an_event_that_is_dropped()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var store = UpcastingStore(fixture);
        var reading = store.ReadFeedAsync(after: null, new FeedReadOptions { Wait = FeedReadOptions.LongestWait }, CancellationToken.None);

        await AppendAsync(fixture, "Gone");
        await AppendAsync(fixture, "Fine");

        Assert.Equal([2], (await reading.WaitAsync(TimeSpan.FromSeconds(30))).Events.Select(static e => e.Version));
    }

    private static Task AppendAsync(StoreFixture fixture, string type) =>
        fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(type)), CancellationToken.None);

    /// <summary>Another process, of a newer build.</summary>
    private static ITenantEventStore UpcastingStore(StoreFixture fixture) => fixture.StartProcess(configure: static services => services.AddEventTypes(static types =>
    {
        var part = EventType.Parse("Part");
        types.Add(part);
        types.Add(EventType.Parse("Old")).From(1).SplitInto(split => split
            .Into(part, 1, static (_, _) => new JsonObject { ["n"] = 1 })
            .Into(part, 1, static (_, _) => new JsonObject { ["n"] = 2 }));
        types.Add(EventType.Parse("Gone")).From(1).Drop();
        types.Add(EventType.Parse("Broken")).From(1).To(2, static _ => throw new InvalidOperationException("no"));
    })).For("t1");
}
