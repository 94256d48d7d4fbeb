using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Views;

public sealed class RollUpTests
{
    [Fact]
    public async Task A_commit_whose_documents_take_several_writes_counts_once_even_if_it_is_cut_off_in_between()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<Levels>());
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-39", "40-79", "80-119");
        await ProjectionTests.AppendAsync(fixture, "Thing:2", "Rise", "80-81");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using (fixture.Account.Faults.Add(new FaultRule
        {
            // Two writes are those of the views that are always there; the third is the first half of this one's.
            Fault = new StatusFault(429), Container = "views", Requests = [RequestKind.Batch], Skip = 3, Times = 1,
        }))
        {
            await Assert.ThrowsAsync<StoreThrottledException>(() => ProjectionTests.DeliverAsync(fixture, batch));
        }

        fixture.Start();
        await ProjectionTests.DeliverAsync(fixture, batch);
        await ProjectionTests.DeliverAsync(fixture, batch);

        var documents = await ProjectionTests.AllAsync(fixture, Levels.Name);
        Assert.Equal(40, documents.Count);
        Assert.Equal(["""100 {"Streams":1,"Sum":3}""", """80 {"Streams":2,"Sum":4}""", """81 {"Streams":2,"Sum":4}"""], [documents[0], .. documents.Skip(20).Take(2)]);
    }

    [Fact]
    public async Task A_document_that_a_stream_has_left_forgets_it()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<Levels>());
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-2");
        await fixture.DeliverAsync();
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-0");
        await fixture.DeliverAsync();

        Assert.Equal(["""00 {"Streams":1,"Sum":2}"""], await ProjectionTests.AllAsync(fixture, Levels.Name));
    }

    [Fact]
    public async Task An_event_that_changes_too_many_documents_is_parked_and_the_entry_stays_as_it_was()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<Levels>());
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-1");
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-119", "0-0");
        await fixture.DeliverAsync();

        var parked = Assert.Single((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, CancellationToken.None))!);
        Assert.Contains("changes 120 documents", parked.Error, StringComparison.Ordinal);
        Assert.Equal(["""00 {"Streams":1,"Sum":1}""", """01 {"Streams":1,"Sum":1}"""], await ProjectionTests.AllAsync(fixture, Levels.Name));
    }

    [Fact]
    public async Task Redacted_events_are_folded_again_while_new_ones_arrive_and_a_fold_that_fails_parks_until_it_is_mended()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<Levels>());
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-1", "0-2");
        await fixture.DeliverAsync();
        await fixture.RedactAsync("Thing:1", 2);
        await ProjectionTests.AppendAsync(fixture, "Thing:1", "Rise", "0-0");
        Levels.IsBroken.Value = true;
        await fixture.DeliverAsync();

        var parked = Assert.Single((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, CancellationToken.None))!);
        Assert.Equal((Levels.Name, 1), (parked.Handler, parked.Commit));
        Assert.Equal(3, (await ProjectionTests.AllAsync(fixture, Levels.Name)).Count);

        Levels.IsBroken.Value = false;
        await fixture.Get<ISubscriptionOperations>().RetryAsync(
            ReadModelFixture.Tenant, SubscriptionGroups.Views, StreamId.Parse("Thing:1"), Levels.Name, CancellationToken.None);
        await fixture.DeliverAsync();

        Assert.Equal(["""00 {"Streams":1,"Sum":2}"""], await ProjectionTests.AllAsync(fixture, Levels.Name));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Streams_of_other_aggregates_cost_a_view_nothing_and_who_waits_for_one_has_reached_it()
    {
        await using var fixture = await ReadModelFixture.StartAsync(static services => services.AddProjection<Levels>());
        var position = await ProjectionTests.AppendAsync(fixture, "Other:1", "Rise", "0-1");
        await fixture.DeliverAsync();

        Assert.Equal(0, await fixture.CountAsync("levels"));
        var answer = await fixture.Views.ListAsync(
            ReadModelFixture.Tenant, Levels.Name, after: null, 10, new StreamReached(StreamId.Parse("Other:1"), position), CancellationToken.None);
        Assert.Empty(answer.Value.Documents);
        var lag = (await fixture.Get<ISubscriptionOperations>().ListAsync(ReadModelFixture.Tenant, CancellationToken.None)).Single(static group => group.Name == SubscriptionGroups.Views);
        Assert.Equal(0, lag.LagCommits);
    }

    /// <summary>A thing rises with every event, and counts in the documents that its last event said.</summary>
    internal sealed class Levels() : RollUpProjection<Level, LevelSum>(
        Name, LevelsJson.Default.Level, LevelsJson.Default.LevelSum, [EventType.Parse("Rise")])
    {
        public static SubscriptionName Name { get; } = SubscriptionName.Parse("levels");

        public static AsyncLocal<bool> IsBroken { get; } = new();

        public override bool Takes(AggregateType aggregateType) => aggregateType.Value == "Thing";

        protected override Level? Evolve(Level? entry, RecordedEvent e) => IsBroken.Value
            ? throw new FormatException("broken")
            : e.Redaction is not null ? entry
            : new Level((entry?.Height ?? 0) + 1, Notes.TextOf(e));

        protected override IEnumerable<ViewId> DocumentsOf(StreamId stream, Level entry) =>
            Enumerable.Range(entry.Ends[0], entry.Ends[1] - entry.Ends[0] + 1).Select(static n => ViewId.Parse(n.ToString("D2", CultureInfo.InvariantCulture)));

        protected override LevelSum? Apply(ViewId id, LevelSum? document, StreamId stream, Level? before, Level? now)
        {
            var streams = (document?.Streams ?? 0) + (now is null ? 0 : 1) - (before is null ? 0 : 1);
            return streams == 0 ? null : new LevelSum(streams, (document?.Sum ?? 0) + (now?.Height ?? 0) - (before?.Height ?? 0));
        }
    }

    internal sealed record Level(int Height, string Range)
    {
        [JsonIgnore]
        public int[] Ends => [.. Range.Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture))];
    }

    internal sealed record LevelSum(int Streams, int Sum);
}

[JsonSerializable(typeof(RollUpTests.Level))]
[JsonSerializable(typeof(RollUpTests.LevelSum))]
internal sealed partial class LevelsJson : JsonSerializerContext;
