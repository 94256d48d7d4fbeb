using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using static QANexus.EventStore.Cosmos.Tests.Privacy.RedactionSteps;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

public sealed class RedactionTests
{
    [Fact]
    public async Task A_redacted_event_keeps_its_envelope_and_its_neighbours_keep_everything()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Clock.Now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Event(), Personal("e1"), Some.Event("Approved", data: """{"n":1.10}""")) with
            {
                Metadata = new AppendMetadata { Actor = "ann", CorrelationId = "c" },
            },
            CancellationToken.None);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event("Closed")), CancellationToken.None);
        var before = await fixture.Store.ReadAllAsync(Some.Stream);
        var document = await DocumentAsync(fixture, Some.Stream, 1);
        fixture.Clock.Advance(TimeSpan.FromDays(1));

        var redacted = Assert.Single((await RedactAsync(fixture, "e1")).Events);

        var after = await fixture.Store.ReadAllAsync(Some.Stream);
        var expected = before[1] with
        {
            Data = JsonObjectText.Parse("""{"redacted":true}"""),
            Metadata = null,
            Redaction = new Redaction(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), "dpo", "art. 17"),
        };
        Assert.Equal([before[0], expected, before[2], before[3]], after);
        Assert.Equal(expected, redacted);
        var text = await DocumentAsync(fixture, Some.Stream, 1);
        Assert.Equal(
            document.Replace(
                $$$""""data":{{{Secret}}},"metadata":{"ip":"::1"}}"""",
                """"data":{"redacted":true},"redaction":{"at":"2026-11-24T10:00:00Z","by":"dpo","reason":"art. 17"}}"""", StringComparison.Ordinal)[..^1] + ""","revision":1}""",
            text);
    }

    [Fact]
    public async Task Every_reader_sees_the_redaction_and_none_the_data()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var position = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Personal("e1")), CancellationToken.None)).Position();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(position), Some.Event("Closed")), CancellationToken.None);
        await RedactAsync(fixture, "e1");

        Assert.True(EventId.TryParse("e1", out var id));
        RecordedEvent[] seen =
        [
            (await fixture.Store.ReadAllAsync(Some.Stream))[0],
            (await fixture.Store.ReadAsync(Some.Stream, Some.All with { Direction = ReadDirection.Backward }, CancellationToken.None)).Events[^1],
            (await fixture.Store.ReadAsync(Some.Stream, Some.All with { AsOf = DateTimeOffset.MaxValue }, CancellationToken.None)).Events[0],
            (await fixture.Store.QueryAsync(new EventQuery { Type = EventType.Parse("Registered") }, CancellationToken.None)).Events[0],
            (await fixture.Store.FindAsync(id, EventForm.Latest, CancellationToken.None)).Event!,
            (await fixture.StartProcess().For("t1").ReadAllAsync(Some.Stream))[0],
        ];
        Assert.All(seen, static e => Assert.Equal(("""{"redacted":true}""", "dpo"), (e.Data.ToString(), e.Redaction?.By)));
        Assert.Equal(2, (await fixture.Store.CountAsync(null, null, CancellationToken.None)).Count);
        Assert.Equal(1, (await fixture.Store.CountAsync(EventType.Parse("Registered"), null, CancellationToken.None)).Count);
        Assert.Equal(new StreamPosition(2, 2), (await fixture.Store.ReadAsync(Some.Stream, Some.All, CancellationToken.None)).Position);
    }

    [Fact]
    public async Task Every_event_that_callers_gave_the_id_is_redacted_and_no_others()
    {
        await using var fixture = await StoreFixture.StartAsync();
        foreach (var stream in new[] { "Requirement:r1", "Requirement:r2", "Bug:b1" })
        {
            await fixture.Store.AppendAsync(
                new AppendRequest { Stream = StreamId.Parse(stream), Events = [Personal("same"), Personal($"{stream[0]}-other")] }, CancellationToken.None);
        }

        await fixture.Process.For("t2").AppendAsync(Some.Append(ExpectedPosition.Any, Personal("same")), CancellationToken.None);
        var redacted = (await RedactAsync(fixture, "same")).Events;

        Assert.Equal(["Requirement:r1", "Requirement:r2", "Bug:b1"], redacted.Select(static e => e.Stream.ToString()));
        var all = (await fixture.Store.QueryAsync(new EventQuery(), CancellationToken.None)).Events;
        Assert.Equal(["same", "same", "same"], all.Where(static e => e.Redaction is not null).Select(static e => e.Id.Value));
        Assert.Null(Assert.Single(await fixture.Process.For("t2").ReadAllAsync(Some.Stream)).Redaction);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Requirement:r1:9")]
    [InlineData("Requirement:r1:1")]
    [InlineData("Requirement:r2:1")]
    [InlineData("e1.x")]
    [InlineData("e1.9")]
    [InlineData("Requirement:r1:9223372036854775807")]
    public async Task An_unknown_id_is_not_found_and_nothing_is_written(string id)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1")), CancellationToken.None);

        Assert.IsType<RedactionResult.NotFound>(await fixture.Process.Redactor.RedactAsync(Tenant, Id(id), Request, CancellationToken.None));

        Assert.Empty(fixture.Process.PrivilegedRequests.Lines);
    }

    [Fact]
    public async Task A_repeat_keeps_the_first_record_and_writes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1"), Personal("e2")), CancellationToken.None);
        var first = await RedactAsync(fixture, "e1");
        var document = await DocumentAsync(fixture, Some.Stream, 1);
        fixture.Clock.Advance(TimeSpan.FromDays(1));

        var other = fixture.StartProcess();
        var second = Assert.IsType<RedactionResult.Redacted>(await other.Redactor.RedactAsync(
            Tenant, Id("e1"), new RedactionRequest(RedactionReason.Parse("again"), "somebody else"), CancellationToken.None));

        Assert.Equal(first.Events, second.Events);
        Assert.Equal(document, await DocumentAsync(fixture, Some.Stream, 1));
        Assert.Single(other.PrivilegedRequests.Lines);
    }

    [Fact]
    public async Task Two_redactions_in_one_commit_both_happen_whoever_is_first()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, [.. Enumerable.Range(0, 12).Select(static n => Personal($"e{n}"))]), CancellationToken.None);
        var other = fixture.StartProcess();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
            (n % 2 == 0 ? fixture.Process : other).Redactor.RedactAsync(Tenant, Id($"e{n / 2}"), Request, CancellationToken.None)));

        var events = await fixture.Store.ReadAllAsync(Some.Stream);
        Assert.Equal(Enumerable.Range(0, 12).Select(static n => n < 6), events.Select(static e => e.Redaction is not null));
        Assert.Equal(6, CommitReader.Read(Encoding.UTF8.GetBytes(await DocumentAsync(fixture, Some.Stream, 1)), Some.Stream).Revision);
    }

    [Fact]
    public async Task Events_of_a_large_append_are_redacted_wherever_its_documents_were_cut()
    {
        await using var fixture = await StoreFixture.StartAsync();
        NewEvent[] events = [.. Enumerable.Range(1, 8).Select(static n => Personal($"e{n}", padding: 20_000))];
        var request = Some.Append("key", ExpectedPosition.NoStream, events);
        var stored = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        Assert.True(stored.Receipt.Position.Commit > 2);

        foreach (var n in new[] { 1, 4, 8 })
        {
            await RedactAsync(fixture, $"e{n}");
        }

        var after = await fixture.Store.ReadAllAsync(Some.Stream);
        Assert.Equal([1, 4, 8], after.Where(static e => e.Redaction is not null).Select(static e => e.Version));
        Assert.Equal(events.Length, after.Count);
        var replay = (await fixture.StartProcess().For("t1").AppendAsync(request, CancellationToken.None)).Stored();
        Assert.True(replay.IsReplay);
        Assert.Equal(stored.Receipt.Position, replay.Receipt.Position);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_original_append_is_still_recognised_and_stores_nothing_again(bool keyed)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append(ExpectedPosition.NoStream, Personal("e1")) with { CommitId = keyed ? CommitId.Parse("key") : null };
        var stored = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        await RedactAsync(fixture, "e1");

        var replay = (await fixture.StartProcess().For("t1").AppendAsync(request, CancellationToken.None)).Stored();

        Assert.True(replay.IsReplay);
        Assert.Equal(stored.Receipt.Events, replay.Receipt.Events);
        Assert.NotNull(Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream)).Redaction);
    }

    [Fact]
    public async Task Appends_go_on_where_the_stream_was()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var position = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Personal("e1")), CancellationToken.None)).Position();
        await RedactAsync(fixture, "e1");
        var next = await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(position), Some.Event()), CancellationToken.None);
        Assert.Equal(new StreamPosition(2, 2), next.Position());
    }

    [Fact]
    public async Task No_read_of_the_process_after_the_redaction_gives_the_data_away_however_far_replicas_lag()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1")), CancellationToken.None);
        using var lag = Lag(fixture);
        await RedactAsync(fixture, "e1");
        Assert.NotNull((await fixture.Store.ReadAllAsync(Some.Stream))[0].Redaction);
    }

    [Fact]
    public async Task What_another_process_stored_a_moment_ago_is_found_by_its_place()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1")), CancellationToken.None);
        using var lag = Lag(fixture);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(data: Secret)), CancellationToken.None);

        var other = fixture.StartProcess();

        Assert.IsType<RedactionResult.Redacted>(await other.Redactor.RedactAsync(Tenant, Id("Requirement:r1:2"), Request, CancellationToken.None));

        Assert.NotNull((await other.For("t1").ReadAllAsync(Some.Stream))[1].Redaction);
    }

    [Fact]
    public async Task The_change_feed_hands_on_the_commit_again_as_a_revision()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1"), Personal("e2")), CancellationToken.None);
        using var feed = fixture.Events.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        Assert.Equal([0], await RevisionsAsync(feed));
        await RedactAsync(fixture, "e1");
        Assert.Equal([1], await RevisionsAsync(feed));
        await RedactAsync(fixture, "e2");
        await RedactAsync(fixture, "e1");
        Assert.Equal([2], await RevisionsAsync(feed));
    }

    /// <summary>The figures of operations.md, by the model that LocalCosmos charges by.</summary>
    [Fact]
    public async Task A_redaction_costs_what_the_operations_notes_say()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Personal("e1", padding: 1_000)), CancellationToken.None);
        var first = await RedactAsync(fixture, "e1");
        var second = await RedactAsync(fixture, "e1");
        Assert.Equal((27.7, 4.9), (Math.Round(first.RequestCharge, 1), Math.Round(second.RequestCharge, 1)));
    }

    private static ActiveFault Lag(StoreFixture fixture) =>
        fixture.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query] });

    private static async Task<List<long>> RevisionsAsync(FeedIterator feed)
    {
        using var page = await feed.ReadNextAsync();
        using var json = await JsonDocument.ParseAsync(page.Content);
        return [.. json.RootElement.GetProperty("Documents").EnumerateArray()
            .Select(static document => CommitReader.Read(Encoding.UTF8.GetBytes(document.GetRawText()), Some.Stream).Revision)];
    }
}
