using CsCheck;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Querying;

public sealed class TenantQueryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Conditions_are_combined_and_since_is_exclusive_and_until_inclusive()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "Requirement:1", Some.Event("Created", at: Noon), Some.Event("Approved", at: Noon.AddSeconds(1)));
        await AppendAsync(fixture, "Requirement:2", Some.Event("Created", at: Noon.AddSeconds(2)));
        await AppendAsync(fixture, "RequirementDraft:1", Some.Event("Created", at: Noon.AddSeconds(3)));
        await AppendAsync(fixture, "Release:1", Some.Event("Approved", at: Noon.AddSeconds(4)));

        Assert.Equal(5, (await FindAsync(fixture, new EventQuery())).Count);
        Assert.Equal(["Requirement:1:1", "Requirement:2:1", "RequirementDraft:1:1"], await FindAsync(fixture, new EventQuery { Type = EventType.Parse("Created") }));
        Assert.Equal(["Requirement:1:1", "Requirement:1:2", "Requirement:2:1"], await FindAsync(fixture, new EventQuery { AggregateType = AggregateType.Parse("Requirement") }));
        Assert.Equal(["Requirement:1:2"], await FindAsync(fixture, new EventQuery { AggregateType = AggregateType.Parse("Requirement"), Type = EventType.Parse("Approved") }));
        Assert.Equal(["RequirementDraft:1:1", "Release:1:1"], await FindAsync(fixture, new EventQuery { Since = Noon.AddSeconds(2) }));
        Assert.Equal(["Requirement:1:1", "Requirement:1:2"], await FindAsync(fixture, new EventQuery { Until = Noon.AddSeconds(1) }));
        Assert.Equal(["Requirement:1:2"], await FindAsync(fixture, new EventQuery { Since = Noon, Until = Noon.AddSeconds(1) }));
        Assert.Empty(await FindAsync(fixture, new EventQuery { Since = Noon.AddHours(1) }));
        Assert.Empty(await FindAsync(fixture, new EventQuery { Type = EventType.Parse("Unknown") }));
    }

    /// <summary>Whatever the page size, and though many commits are stored at the same moment: each event once, in one order.</summary>
    [Fact]
    public async Task Pages_of_any_size_put_together_are_the_whole_answer()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var random = new Random(20261123);
        for (var commit = 0; commit < 60; commit++)
        {
            fixture.Clock.Now = Noon.AddSeconds(random.Next(0, 6));
            await AppendAsync(fixture, $"Thing:{random.Next(0, 8)}", [.. Enumerable.Range(0, random.Next(1, 5)).Select(n => Some.Event(n % 2 == 0 ? "Even" : "Odd"))]);
        }

        foreach (var query in new[] { new EventQuery(), new EventQuery { Type = EventType.Parse("Odd") } })
        {
            var whole = await FindAsync(fixture, query with { MaxCount = 1_000 });
            Assert.Equal(whole.Count, whole.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal((await fixture.Store.CountAsync(query.Type, null, CancellationToken.None)).Count, whole.Count);
            foreach (var size in new[] { 1, 2, 3, 7, 50 })
            {
                Assert.Equal(whole, await FindAsync(fixture, query with { MaxCount = size }));
                Assert.Equal(
                    whole.AsEnumerable().Reverse(), await FindAsync(fixture, query with { MaxCount = size, Direction = ReadDirection.Backward }));
            }
        }
    }

    [Fact]
    public async Task A_page_goes_on_where_it_ended_though_others_wrote_meanwhile()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Clock.Now = Noon;
        await AppendAsync(fixture, "Thing:b", Some.Events(3));
        var first = await fixture.Store.QueryAsync(new EventQuery { MaxCount = 2 }, CancellationToken.None);
        await AppendAsync(fixture, "Thing:a", Some.Events(1));
        await AppendAsync(fixture, "Thing:c", Some.Events(1));
        var rest = await FindAsync(fixture, new EventQuery { After = first.Next });
        Assert.Equal(["Thing:b:3", "Thing:c:1"], rest);
    }

    [Fact]
    public async Task Backwards_a_page_goes_on_where_it_ended_and_what_others_wrote_meanwhile_is_newer()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Clock.Now = Noon;
        await AppendAsync(fixture, "Thing:b", Some.Events(3));
        var first = await fixture.Store.QueryAsync(new EventQuery { MaxCount = 2, Direction = ReadDirection.Backward }, CancellationToken.None);
        fixture.Clock.Now = Noon.AddSeconds(1);
        await AppendAsync(fixture, "Thing:c", Some.Events(1));

        Assert.Equal(["Thing:b:3", "Thing:b:2"], first.Events.Select(static e => e.Id.Value));
        Assert.Equal(["Thing:b:1"], await FindAsync(fixture, new EventQuery { After = first.Next, Direction = ReadDirection.Backward }));
    }

    [Theory]
    [InlineData(EventForm.Latest)]
    [InlineData(EventForm.AsStored)]
    public async Task What_one_caller_did_is_found_among_what_others_did_in_either_direction(EventForm form)
    {
        await using var fixture = await StoreFixture.StartAsync();
        for (var n = 0; n < 40; n++)
        {
            fixture.Clock.Now = Noon.AddSeconds(n / 3);
            await fixture.Store.AppendAsync(
                new AppendRequest
                {
                    Stream = StreamId.Parse($"Thing:{n:D2}"), Events = Some.Events(2), Metadata = new AppendMetadata { Actor = n % 4 == 0 ? "ada" : n % 4 == 1 ? "Ada" : null },
                },
                CancellationToken.None);
        }

        string[] expected = [.. Enumerable.Range(0, 10).SelectMany(static n => new[] { $"Thing:{4 * n:D2}:1", $"Thing:{4 * n:D2}:2" })];
        foreach (var size in new[] { 1, 3, 200 })
        {
            var query = new EventQuery { Actor = "ada", MaxCount = size, Form = form };
            Assert.Equal(expected, await FindAsync(fixture, query));
            Assert.Equal(Enumerable.Reverse(expected), await FindAsync(fixture, query with { Direction = ReadDirection.Backward }));
        }

        Assert.Equal(["Thing:00:1", "Thing:00:2"], await FindAsync(fixture, new EventQuery { Actor = "ada", Until = Noon, Form = form }));
        Assert.Empty(await FindAsync(fixture, new EventQuery { Actor = "nobody", Form = form }));
    }

    [Fact]
    public async Task Events_are_counted_as_stored()
    {
        await using var fixture = await StoreFixture.StartAsync();
        Assert.Equal(0, (await fixture.Store.CountAsync(null, null, CancellationToken.None)).Count);
        Assert.Equal(0, (await fixture.Store.CountAsync(EventType.Parse("A"), null, CancellationToken.None)).Count);
        await AppendAsync(fixture, "X:1", Some.Event("A"), Some.Event("B"), Some.Event("A"));
        await AppendAsync(fixture, "Y:1", [.. Enumerable.Repeat(Some.Event("A"), 39)]);
        Assert.Equal(42, (await fixture.Store.CountAsync(null, null, CancellationToken.None)).Count);
        Assert.Equal(41, (await fixture.Store.CountAsync(EventType.Parse("A"), null, CancellationToken.None)).Count);
        Assert.Equal(3, (await fixture.Store.CountAsync(null, AggregateType.Parse("X"), CancellationToken.None)).Count);
        Assert.Equal(2, (await fixture.Store.CountAsync(EventType.Parse("A"), AggregateType.Parse("X"), CancellationToken.None)).Count);
        Assert.Equal(0, (await fixture.Process.For("t2").CountAsync(null, null, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_the_stores_or_its_own()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "X:1", Some.Events(3));
        await AppendAsync(fixture, "X:1", Some.Event(id: "own-1", data: """{"mine":1}"""), Some.Event());
        Assert.Equal(2, (await ByIdAsync(fixture, "X:1:2"))?.Version);
        Assert.Equal(5, (await ByIdAsync(fixture, "X:1:5"))?.Version);
        Assert.Equal("""{"mine":1}""", (await ByIdAsync(fixture, "own-1"))?.Data.ToString());
        foreach (var unknown in new[] { "X:1:6", "X:1:4", "X:2:1", "Y:1:1", "own-2", "X:1:9223372036854775807" })
        {
            Assert.Null(await ByIdAsync(fixture, unknown));
        }

        Assert.True(EventId.TryParse("own-1", out var id));
        Assert.Null((await fixture.Process.For("t2").FindAsync(id, EventForm.Latest, CancellationToken.None)).Event);
    }

    [Fact]
    public async Task Of_events_with_the_same_id_the_one_stored_first_is_found()
    {
        await using var fixture = await StoreFixture.StartAsync();
        foreach (var (stream, minute) in new[] { ("X:2", 2), ("X:1", 1), ("X:3", 3) })
        {
            fixture.Clock.Now = Noon.AddMinutes(minute);
            await AppendAsync(fixture, stream, Some.Event(id: "same"));
        }

        Assert.Equal("X:1", (await ByIdAsync(fixture, "same"))?.Stream.ToString());
    }

    [Fact]
    public async Task One_tenant_finds_nothing_of_another()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "X:1", Some.Event("A", id: "own"));
        foreach (var tenant in new[] { "t", "t2", "t11" })
        {
            var other = fixture.Process.For(tenant);
            Assert.Empty((await other.QueryAsync(new EventQuery(), CancellationToken.None)).Events);
            Assert.Empty(await other.ReadAllAsync(StreamId.Parse("X:1")));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_has_its_limits(int maxCount)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            fixture.Store.QueryAsync(new EventQuery { MaxCount = maxCount }, CancellationToken.None));
    }

    private static Task AppendAsync(StoreFixture fixture, string stream, params IReadOnlyList<NewEvent> events) =>
        fixture.Store.AppendAsync(new AppendRequest { Stream = StreamId.Parse(stream), Events = events }, CancellationToken.None);

    private static async Task<List<string>> FindAsync(StoreFixture fixture, EventQuery query)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = await fixture.Store.QueryAsync(query, CancellationToken.None);
            Assert.InRange(page.Events.Count, 0, query.MaxCount);
            ids.AddRange(page.Events.Select(static e => e.Id.Value));
            if (page.Next is null)
            {
                return ids;
            }

            query = query with { After = page.Next };
        }
    }

    private static async Task<RecordedEvent?> ByIdAsync(StoreFixture fixture, string text)
    {
        Assert.True(EventId.TryParse(text, out var id));
        return (await fixture.Store.FindAsync(id, EventForm.Latest, CancellationToken.None)).Event;
    }
}
