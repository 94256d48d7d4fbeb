using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Stores;
using static QANexus.EventStore.Cosmos.Tests.Upcasting.Evolution;

namespace QANexus.EventStore.Cosmos.Tests.Upcasting;

public sealed class UpcastReadTests
{
    [Fact]
    public async Task What_an_earlier_build_stored_is_replayed_in_the_newest_form()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Event("RequirementApproved", 1, """{"title":"Login","points":1.50}""") with { OccurredAt = at }, Event("RequirementApproved", null)),
            CancellationToken.None);
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");

        var replayed = await later.ReadAllAsync(Some.Stream);

        Assert.Equal("""Requirement:r1:1 RequirementApproved v3 {"title":"Login","points":1.50,"role":"REVIEWER","approvedAt":"2026-01-02T03:04:05Z"}""", replayed[0].Line());
        Assert.Equal(3, replayed[1].SchemaVersion);
        Assert.Equal(replayed, await later.ReadAllAsync(Some.Stream));
        Assert.Equal(replayed, (await later.ReadAsync(Some.Stream, Some.All, CancellationToken.None)).Events);
        Assert.Equal(
            await fixture.Store.ReadAllAsync(Some.Stream),
            (await later.ReadAsync(Some.Stream, Some.All with { Form = EventForm.AsStored }, CancellationToken.None)).Events);
    }

    [Fact]
    public async Task A_position_and_what_came_after_it_do_not_depend_on_what_upcasting_makes_of_events()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");
        var first = await later.AppendAsync(Some.Append(ExpectedPosition.NoStream, Event("Noise"), Event("Noise")), CancellationToken.None);
        var second = await later.AppendAsync(Some.Append(ExpectedPosition.At(first.Position()), Event("ReqApprovedAndPublished")), CancellationToken.None);

        var slice = await later.ReadAfterAsync(Some.Stream, first.Position(), CancellationToken.None);
        var page = await later.ReadAsync(Some.Stream, new StreamReadOptions { MaxCount = 2 }, CancellationToken.None);

        Assert.Equal(["Requirement:r1:3.1", "Requirement:r1:3.2"], slice.Events.Select(static e => e.Id.Value));
        Assert.Equal(second.Position(), slice.Position);
        Assert.Empty(page.Events);
        Assert.Equal((3, second.Position()), (page.NextVersion, page.Position));
    }

    [Fact]
    public async Task A_failing_step_fails_every_read_that_meets_the_event_and_writes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Event("Plain"), Event("Broken")), CancellationToken.None);
        var before = await DocumentAsync(fixture);
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => later.ReadAllAsync(Some.Stream));
        await Assert.ThrowsAsync<UpcastingFailedException>(() => later.ReadAsync(Some.Stream, Some.All, CancellationToken.None));
        await Assert.ThrowsAsync<UpcastingFailedException>(() => later.QueryAsync(new EventQuery(), CancellationToken.None));
        await Assert.ThrowsAsync<UpcastingFailedException>(() => later.FindAsync(EventId.At(Some.Stream, 2), EventForm.Latest, CancellationToken.None));

        Assert.Equal(("Broken", 1, "Broken v1 to v2"), (failure.Type.Value, failure.Version, failure.Step));
        Assert.Single((await later.ReadAsync(Some.Stream, Some.All with { ToVersion = 1 }, CancellationToken.None)).Events);
        Assert.Equal(before, await DocumentAsync(fixture));
        Assert.Equal(2, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task An_event_newer_than_this_build_is_an_error_of_reading_it_and_not_of_reading_others()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Event("Unheard", 5), Event("RequirementApproved", 4)), CancellationToken.None);
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");

        var failure = await Assert.ThrowsAsync<UnknownSchemaVersionException>(() => later.ReadAllAsync(Some.Stream));

        Assert.Equal((Approved, 4, 3), (failure.Type, failure.Version, failure.LatestKnown));
        Assert.Single((await later.ReadAsync(Some.Stream, Some.All with { ToVersion = 1 }, CancellationToken.None)).Events);
    }

    [Fact]
    public async Task A_query_of_one_page_is_one_request_whatever_names_the_type_had()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(configure: LaterBuild);
        var later = process.For("t1");
        await later.AppendAsync(Some.Append(ExpectedPosition.NoStream, [.. StoredTypes.Select(static type => Event(type))]), CancellationToken.None);
        await later.QueryAsync(new EventQuery { Type = Approved }, CancellationToken.None);
        process.Requests.Clear();

        var page = await later.QueryAsync(new EventQuery { Type = Approved }, CancellationToken.None);

        Assert.Equal(3, page.Events.Count);
        Assert.Equal(1, process.Requests.Total.Requests);
        Assert.Equal(0, (await later.QueryAsync(new EventQuery { Type = EventType.Parse("Noise") }, CancellationToken.None)).RequestCharge);
        Assert.Equal(1, process.Requests.Total.Requests);
    }

    [Fact]
    public async Task Every_read_agrees_with_the_model()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(configure: LaterBuild);
        fixture.Clock.Now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        var stored = process.For("t1");
        var model = new InMemoryEventStore(
            fixture.Clock, process.Services.GetRequiredService<EventCatalog>(), new EventCatalogOptions(), schemas: null).ForTenant(stored.Tenant);
        foreach (var n in Enumerable.Range(0, 24))
        {
            var request = new AppendRequest
            {
                Stream = StreamId.Parse($"Requirement:r{n % 3}"),
                Events = [.. Enumerable.Range(0, (n % 4) + 1).Select(i => Event(StoredTypes[((n * 5) + i) % StoredTypes.Length], data: $$"""{"n":{{n}}}""", id: i == 2 ? $"own-{n}" : null))],
            };
            Assert.Equal((await model.AppendAsync(request, CancellationToken.None)).Position(), (await stored.AppendAsync(request, CancellationToken.None)).Position());
            fixture.Clock.Advance(TimeSpan.FromSeconds(n % 2));
        }

        foreach (var form in Enum.GetValues<EventForm>())
        {
            foreach (var options in
                from direction in Enum.GetValues<ReadDirection>()
                from maxCount in (int[])[1, 3, 1_000]
                from fromVersion in (int[])[1, 4]
                select new StreamReadOptions { Direction = direction, MaxCount = maxCount, FromVersion = fromVersion, Form = form })
            {
                var (expected, actual) = (await model.ReadAsync(StreamId.Parse("Requirement:r1"), options, CancellationToken.None), await stored.ReadAsync(StreamId.Parse("Requirement:r1"), options, CancellationToken.None));
                Assert.Equal(expected.Events.Select(Line), actual.Events.Select(Line));
                Assert.Equal((expected.NextVersion, expected.Position), (actual.NextVersion, actual.Position));
            }

            foreach (var type in StoredTypes.Select(EventType.Parse).Cast<EventType?>().Append(null))
            {
                var whole = await PagesAsync(model, new EventQuery { Type = type, Form = form, MaxCount = 1_000 });
                foreach (var maxCount in (int[])[2, 7, 1_000])
                {
                    var query = new EventQuery { Type = type, Form = form, MaxCount = maxCount };
                    Assert.Equal(await PagesAsync(model, query), await PagesAsync(stored, query));
                    Assert.Equal(whole.SelectMany(static page => page), (await PagesAsync(stored, query)).SelectMany(static page => page));
                    Assert.Equal(
                        whole.SelectMany(static page => page).Reverse(),
                        (await PagesAsync(stored, query with { Direction = ReadDirection.Backward })).SelectMany(static page => page));
                }
            }

            foreach (var id in (string[])["Requirement:r0:1", "Requirement:r1:1.1", "Requirement:r1:2", "Requirement:r1:3.2", "Requirement:r2:2.1.1", "own-2", "own-6.1", "own-6.2", "own-11", "own-3", "none"])
            {
                Assert.True(EventId.TryParse(id, out var wanted));
                var (expected, actual) = (await model.FindAsync(wanted, form, CancellationToken.None), await stored.FindAsync(wanted, form, CancellationToken.None));
                Assert.Equal((expected.Event?.Line(), string.Join(' ', expected.Parts)), (actual.Event?.Line(), string.Join(' ', actual.Parts)));
            }
        }
    }

    /// <summary>The one commit document, with its ETag and timestamp.</summary>
    private static async Task<string> DocumentAsync(StoreFixture fixture)
    {
        using var response = await fixture.Events.ReadItemStreamAsync("0000000001", new PartitionKeyBuilder().Add("t1").Add(Some.Stream.ToString()).Build());
        using var reader = new StreamReader(response.Content);
        return await reader.ReadToEndAsync();
    }

    private static async Task<List<List<string>>> PagesAsync(IEventQueries queries, EventQuery query)
    {
        var pages = new List<List<string>>();
        for (EventCursor? next = null; pages.Count == 0 || next is not null;)
        {
            var page = await queries.QueryAsync(query with { After = next }, CancellationToken.None);
            pages.Add([.. page.Events.Select(Line)]);
            next = page.Next;
        }

        return pages;
    }

    private static string Line(RecordedEvent e) => Evolution.Line(e);
}
