using System.Text;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Views;

public sealed class ProjectionTests
{
    [Fact]
    public async Task A_commit_that_touches_150_documents_goes_through_once_even_if_it_is_cut_off_in_between()
    {
        await using var fixture = await StartAsync();
        await AppendAsync(fixture, "Thing:1", "Fan", "a", "b", "c");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using (fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new StatusFault(429), Container = "views", Requests = [RequestKind.Batch], Skip = 1, Times = 1,
        }))
        {
            await Assert.ThrowsAsync<StoreThrottledException>(() => DeliverAsync(fixture, batch));
        }

        await DeliverAsync(fixture, batch);
        await DeliverAsync(fixture, batch);

        var documents = await AllAsync(fixture, NotesOfAll.Name);
        Assert.Equal(150, documents.Count);
        Assert.Equal("""1-00 {"Texts":{"Thing:1:1":"a"}}""", documents[0]);
        Assert.Equal("""3-49 {"Texts":{"Thing:1:3":"c"}}""", documents[^1]);
    }

    [Fact]
    public async Task An_event_that_changes_more_documents_than_fit_into_one_write_is_parked_with_that_reason()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<TooWide>());
        await AppendAsync(fixture, "Thing:1", "Fan", "a");

        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));

        var parked = Assert.Single((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, CancellationToken.None))!);
        Assert.Contains("changes 120 documents", parked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_document_is_written_once_a_batch_whatever_the_number_of_events()
    {
        await using var fixture = await StartAsync();
        await AppendAsync(fixture, "Thing:1", "Note", "a", "b", "c");
        await AppendAsync(fixture, "Thing:1", "Note", "d");
        await AppendAsync(fixture, "Thing:2", "Note", "e");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using var once = fixture.Account.Faults.Add(new FaultRule
        {
            // Two projections, one batch each; a third write would fail for good.
            Fault = new StatusFault(403), Container = "views", Requests = [RequestKind.Batch], Skip = 4,
        });

        await DeliverAsync(fixture, batch);

        Assert.Equal("""all {"Texts":{"Thing:1:1":"a","Thing:1:2":"b","Thing:1:3":"c","Thing:1:4":"d","Thing:2:1":"e"}}""", Assert.Single(await AllAsync(fixture, NotesOfAll.Name)));
    }

    [Fact]
    public async Task A_poison_event_parks_its_stream_for_its_projection_and_un_parking_completes_it()
    {
        await using var fixture = await StartAsync();
        await AppendAsync(fixture, "Thing:1", "Note", "a", "poison", "c");
        await AppendAsync(fixture, "Thing:2", "Note", "d");
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));
        await AppendAsync(fixture, "Thing:1", "Note", "e");
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));
        var operations = fixture.Get<ISubscriptionOperations>();

        Assert.Equal(["""Thing:1 {"Texts":{"Thing:1:1":"a"}}""", """Thing:2 {"Texts":{"Thing:2:1":"d"}}"""], await AllAsync(fixture, NotesOfStream.Name));
        Assert.Contains("Thing:1:4", Assert.Single(await AllAsync(fixture, NotesOfAll.Name)), StringComparison.Ordinal);
        var parked = Assert.Single((await operations.ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, CancellationToken.None))!);
        Assert.Equal(("Thing:1", NotesOfStream.Name, "Thing:1:2"), (parked.Stream.ToString(), parked.Handler, parked.EventId!.Value.Value));

        NotesOfStream.IsFixed.Value = true;
        Assert.Empty((await operations.RetryAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, parked.Stream, handler: null, CancellationToken.None))!);

        Assert.Equal("""Thing:1 {"Texts":{"Thing:1:1":"a","Thing:1:2":"poison","Thing:1:3":"c","Thing:1:4":"e"}}""", (await AllAsync(fixture, NotesOfStream.Name))[0]);
        Assert.Equal(0, (await operations.ListAsync(ReadModelFixture.Tenant, CancellationToken.None)).Sum(static status => status.ParkedStreams));
    }

    [Fact]
    public async Task Skipping_goes_on_behind_the_poison_event_alone()
    {
        await using var fixture = await StartAsync();
        await AppendAsync(fixture, "Thing:1", "Note", "poison", "b");
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));

        var left = await fixture.Get<ISubscriptionOperations>().SkipAsync(
            ReadModelFixture.Tenant, SubscriptionGroups.Views, StreamId.Parse("Thing:1"), NotesOfStream.Name, "cannot be told", "ada", CancellationToken.None);

        Assert.Empty(left!);
        Assert.Equal("""Thing:1 {"Texts":{"Thing:1:2":"b"}}""", Assert.Single(await AllAsync(fixture, NotesOfStream.Name)));
    }

    [Fact]
    public async Task A_redaction_takes_the_data_out_of_both_kinds_of_view_however_often_it_is_told()
    {
        await using var fixture = await StartAsync();
        await AppendAsync(fixture, "Thing:1", "Note", "keep", "secret");
        await AppendAsync(fixture, "Thing:1", "Note", "later");
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));
        Assert.True(RedactionReason.TryParse("asked to", out var reason));
        await fixture.Get<IEventRedactor>().RedactAsync(
            ReadModelFixture.Tenant, EventId.At(StreamId.Parse("Thing:1"), 2), new RedactionRequest(reason, "officer"), CancellationToken.None);

        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));
        fixture.Start();
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));

        Assert.Equal("""Thing:1 {"Texts":{"Thing:1:1":"keep","Thing:1:3":"later"}}""", Assert.Single(await AllAsync(fixture, NotesOfStream.Name)));
        Assert.Equal("""all {"Texts":{"Thing:1:1":"keep","Thing:1:3":"later"}}""", Assert.Single(await AllAsync(fixture, NotesOfAll.Name)));
    }

    [Fact]
    public async Task A_view_that_never_arrives_where_the_reader_is_answers_after_five_seconds()
    {
        await using var fixture = await StartAsync();
        var position = await AppendAsync(fixture, "Thing:1", "Note", "poison");
        await DeliverAsync(fixture, Assert.Single(await fixture.ReadFeedAsync()));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.Views.FindAsync(
            ReadModelFixture.Tenant, NotesOfStream.Name, ViewId.Parse("Thing:1"), new StreamReached(StreamId.Parse("Thing:1"), position), CancellationToken.None));
    }

    internal static Task<ReadModelFixture> StartAsync() =>
        ReadModelFixture.StartAsync(static services => services.AddProjection<NotesOfStream>().AddProjection<NotesOfAll>());

    internal static async Task<StreamPosition> AppendAsync(ReadModelFixture fixture, string stream, string type, params string[] texts)
    {
        var result = await fixture.Store.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse(stream),
                Events = [.. texts.Select(text => new NewEvent { Type = EventType.Parse(type), Data = JsonObjectText.Parse($$"""{"text":"{{text}}"}""") })],
            },
            CancellationToken.None);
        return Assert.IsType<AppendResult.Appended>(result).Receipt.Position;
    }

    internal static Task DeliverAsync(ReadModelFixture fixture, string batch) =>
        fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Views, batch, CancellationToken.None);

    internal static async Task<IReadOnlyList<string>> AllAsync(ReadModelFixture fixture, SubscriptionName view)
    {
        var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, view, after: null, 1_000, atLeast: null, CancellationToken.None)).Value;
        return [.. page.Documents.Select(static document => $"{document.Id} {Encoding.UTF8.GetString(document.Data.Span)}")];
    }

    private sealed class TooWide() : CrossStreamProjection<Notes>(SubscriptionName.Parse("too-wide"), NotesJson.Default.Notes, eventTypes: null)
    {
        protected override IEnumerable<ViewId> DocumentsOf(EventStore.Reading.RecordedEvent e) => Enumerable.Range(0, 120).Select(static n => ViewId.Parse($"{n}"));

        protected override Notes Apply(ViewId id, Notes? document, EventStore.Reading.RecordedEvent e) => Notes.With(document, e, "x");

        protected override Notes? Redact(ViewId id, Notes? document, EventStore.Reading.RecordedEvent e) => document;
    }
}
