using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Stores;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class UpcastEventReadsTests
{
    [Fact]
    public async Task A_page_that_finds_little_gives_what_it_has_and_goes_on()
    {
        var store = new InMemoryEventStore(TimeProvider.System, Catalog(static types => types.Add(Other).From(1).Drop()), new EventCatalogOptions(), schemas: null)
            .ForTenant(Tenant);
        for (var i = 0; i < 6; i++)
        {
            await store.AppendAsync(
                new AppendRequest { Stream = StreamId.Parse("Requirement:r1"), Events = [.. Enumerable.Repeat(New(Other), 999), New(Approved)] }, CancellationToken.None);
        }

        var query = new EventQuery { MaxCount = 1_000 };
        var first = await store.QueryAsync(query, CancellationToken.None);
        var second = await store.QueryAsync(query with { After = first.Next }, CancellationToken.None);

        Assert.Equal((UpcastEventReads.MaxStoredEvents / 1_000, 1), (first.Events.Count, second.Events.Count));
        Assert.NotNull(first.Next);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData(EventForm.Latest)]
    [InlineData(EventForm.AsStored)]
    public async Task A_page_that_looks_for_somebody_who_did_little_gives_what_it_has_and_goes_on(EventForm form)
    {
        var store = new InMemoryEventStore(TimeProvider.System, Catalog(static types => types.Add(Other)), new EventCatalogOptions(), schemas: null).ForTenant(Tenant);
        for (var i = 0; i < 12; i++)
        {
            await store.AppendAsync(
                new AppendRequest
                {
                    Stream = StreamId.Parse("Requirement:r1"), Events = [.. Enumerable.Repeat(New(Other), 999)], Metadata = new AppendMetadata { Actor = "machine" },
                },
                CancellationToken.None);
        }

        await store.AppendAsync(
            new AppendRequest { Stream = StreamId.Parse("Requirement:r1"), Events = [New(Other)], Metadata = new AppendMetadata { Actor = "ada" } }, CancellationToken.None);

        var query = new EventQuery { Actor = "ada", Form = form, MaxCount = 50 };
        var first = await store.QueryAsync(query, CancellationToken.None);
        var second = await store.QueryAsync(query with { After = first.Next }, CancellationToken.None);
        var third = await store.QueryAsync(query with { After = second.Next }, CancellationToken.None);

        Assert.Equal((0, 0, 1), (first.Events.Count, second.Events.Count, third.Events.Count));
        Assert.InRange(first.Next!.Version, UpcastEventReads.MaxStoredEvents, UpcastEventReads.MaxStoredEvents + EventQuery.LargestMaxCount);
        Assert.Null(third.Next);
    }

    [Theory]
    [InlineData("Requirement:r1:7", true)]
    [InlineData("Requirement:r1:7.1", true)]
    [InlineData("Requirement:r1:7.12.3", true)]
    [InlineData("Requirement:r1.2:7.1", true)]
    [InlineData("Requirement:r1:7.0", false)]
    [InlineData("Requirement:r1:7.01", false)]
    [InlineData("Requirement:r1:7.", false)]
    [InlineData("Requirement:r1:7.x", false)]
    [InlineData("Requirement:r1:.1", false)]
    [InlineData("mine.1", true)]
    public void An_id_of_a_part_is_an_event_id(string text, bool isOne) => Assert.Equal(isOne, EventId.TryParse(text, out _));

    [Fact]
    public void A_part_of_an_event_with_the_longest_own_id_has_an_id_and_no_event_can_be_given_it()
    {
        var text = new string('a', 128) + ".1";

        Assert.True(EventId.TryParse(text, out _));
        Assert.False(EventId.TryParseOwn(text, out _));
        Assert.False(EventId.TryParse(new string('a', 129), out _));
    }

    private static NewEvent New(EventType type) => new() { Type = type, Data = JsonObjectText.Empty };
}
