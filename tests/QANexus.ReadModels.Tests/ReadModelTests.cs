using System.Text;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests;

public sealed class ReadModelTests
{
    [Fact]
    public async Task The_stream_list_knows_every_stream_its_length_and_its_times()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", ("Created", "2026-11-23T10:00:00Z"), ("Approved", "2026-11-24T10:00:00Z"));
        await fixture.AppendAsync("Requirement:r1", ("Changed", "2026-11-22T10:00:00Z"));
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));

        await fixture.DeliverAsync();

        var documents = await AllAsync(fixture, StreamList.Name);
        Assert.Equal(
            [
                """Bug:b1 {"aggregateType":"Bug","aggregateId":"b1","version":1,"firstAt":"2026-11-25T10:00:00Z","lastAt":"2026-11-25T10:00:00Z"}""",
                """Requirement:r1 {"aggregateType":"Requirement","aggregateId":"r1","version":3,"firstAt":"2026-11-22T10:00:00Z","lastAt":"2026-11-24T10:00:00Z"}""",
            ],
            documents);
    }

    [Fact]
    public async Task Activity_counts_events_by_day_and_type_over_all_streams_once_however_often_they_come()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", ("Created", "2026-11-23T10:00:00Z"), ("Approved", "2026-11-23T23:59:59Z"));
        await fixture.AppendAsync("Requirement:r2", ("Created", "2026-11-23T10:00:00Z"), ("Approved", "2026-11-24T00:00:00Z"));

        await fixture.DeliverAsync();
        await fixture.DeliverAsync();
        fixture.Start();
        await fixture.DeliverAsync();

        Assert.Equal(
            [
                """2026-11-23 {"date":"2026-11-23","total":3,"types":{"Approved":1,"Created":2}}""",
                """2026-11-24 {"date":"2026-11-24","total":1,"types":{"Approved":1}}""",
            ],
            await AllAsync(fixture, DailyActivity.Name));
    }

    [Fact]
    public async Task A_view_is_read_in_pages_in_the_order_of_ids()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var n = 0; n < 7; n++)
        {
            await fixture.AppendAsync($"Bug:b{n}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        await fixture.DeliverAsync();

        var ids = new List<string>();
        ViewId? after = null;
        do
        {
            var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, StreamList.Name, after, 3, atLeast: null, CancellationToken.None)).Value;
            Assert.InRange(page.Documents.Count, 1, 3);
            ids.AddRange(page.Documents.Select(static document => document.Id.Value));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(static n => $"Bug:b{n}"), ids);
    }

    [Fact]
    public async Task A_document_answers_with_the_position_it_has_reached_and_a_reader_can_wait_for_his_own()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));
        await fixture.DeliverAsync();
        var written = await fixture.AppendAsync("Bug:b1", ("Triaged", "2026-11-25T11:00:00Z"));
        var reached = new StreamReached(StreamId.Parse("Bug:b1"), written);

        var waiting = fixture.Views.FindAsync(ReadModelFixture.Tenant, StreamList.Name, ViewId.Parse("Bug:b1"), reached, CancellationToken.None);
        Assert.False(waiting.IsCompletedSuccessfully);
        await fixture.DeliverAsync();

        var document = (await waiting).Value!;
        Assert.Equal((2, 2), (document.Through!.Version, document.Through.Commit));
        Assert.NotNull((await fixture.Views.FindAsync(
            ReadModelFixture.Tenant, AuditTrail.View, ViewId.Parse("Bug:b1:0000000002"), reached, CancellationToken.None)).Value);
    }

    private static async Task<IEnumerable<string>> AllAsync(ReadModelFixture fixture, SubscriptionName view)
    {
        var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, view, after: null, 100, atLeast: null, CancellationToken.None)).Value;
        Assert.Null(page.Next);
        return page.Documents.Select(static document => $"{document.Id} {Encoding.UTF8.GetString(document.Data.Span)}");
    }
}
