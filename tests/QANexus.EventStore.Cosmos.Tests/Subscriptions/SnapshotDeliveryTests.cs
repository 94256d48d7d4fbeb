using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>What the function <c>take-snapshots</c> does with a batch of the change feed.</summary>
public sealed class SnapshotDeliveryTests
{
    private const string Secret = "ada@example.com";

    private static readonly TimeSpan LongerThanMemory = TimeSpan.FromSeconds(61);

    private readonly RecordedLogs logs = new();

    [Fact]
    public async Task A_batch_brings_snapshots_of_the_streams_that_are_due_and_of_no_others()
    {
        await using var fixture = await StartAsync();
        await NoteAsync(fixture, "Requirement:long", count: 60);
        await NoteAsync(fixture, "Requirement:long", count: 40);
        await NoteAsync(fixture, "Requirement:short", count: 99);
        await NoteAsync(fixture, "Unknown:u1", count: 200);

        await TakeAsync(fixture, await fixture.ReadFeedAsync());

        var taken = (await ReadAsync(fixture, "Requirement:long"))!;
        Assert.Equal((2, 100), ((int)taken["commit"]!, (int)taken["version"]!));
        Assert.Null(await ReadAsync(fixture, "Requirement:short"));
        Assert.Null(await ReadAsync(fixture, "Unknown:u1"));
        Assert.Empty(logs.Messages);
    }

    [Fact]
    public async Task A_batch_that_comes_again_costs_nothing_here_and_one_look_elsewhere()
    {
        await using var fixture = await StartAsync();
        await NoteAsync(fixture, "Requirement:long", count: 60);
        await NoteAsync(fixture, "Requirement:long", count: 60);
        var feed = await fixture.ReadFeedAsync();
        await TakeAsync(fixture, feed);
        var before = (await ReadAsync(fixture, "Requirement:long"))!.ToJsonString();
        fixture.Process.Requests.Clear();

        await TakeAsync(fixture, feed);
        Assert.Equal(0, fixture.Process.Requests.Total.Requests);

        fixture.Start();
        await TakeAsync(fixture, feed);
        Assert.Equal(1, fixture.Process.Requests.Total.Requests);
        Assert.InRange(fixture.Process.Requests.Total.Charge, 1, 1.1);
        Assert.Equal(before, (await ReadAsync(fixture, "Requirement:long"))!.ToJsonString());
    }

    [Fact]
    public async Task A_store_that_fails_for_one_stream_is_reported_and_the_others_get_theirs()
    {
        await using var fixture = await StartAsync();
        await fixture.Store.Events.CreateItemAsync(
            Newtonsoft.Json.Linq.JObject.Parse(
                """{"id":"0000000001","tenantId":"t1","streamId":"Requirement:broken","commitId":"c","version":1,"count":100,"events":"none"}"""),
            StreamPartition.Of(DeliveryFixture.Tenant, StreamId.Parse("Requirement:broken")));
        await NoteAsync(fixture, "Requirement:long", count: 100);

        await TakeAsync(fixture, await fixture.ReadFeedAsync());

        Assert.NotNull(await ReadAsync(fixture, "Requirement:long"));
        Assert.Null(await ReadAsync(fixture, "Requirement:broken"));
        Assert.Equal((LogLevel.Warning, 4007), Assert.Single(logs.Messages.Where(static message => message.Id is 4007).Select(static m => (m.Level, m.Id))));
    }

    [Fact]
    public async Task A_batch_from_before_a_redaction_that_comes_after_it_brings_none_of_the_data_back()
    {
        await using var fixture = await StartAsync();
        await NoteSecretAsync(fixture);
        await NoteAsync(fixture, "Requirement:long", count: 100);
        var before = await fixture.ReadFeedAsync();
        await TakeAsync(fixture, before);
        Assert.Contains(Secret, (await ReadAsync(fixture, "Requirement:long"))!.ToJsonString(), StringComparison.Ordinal);

        await RedactAsync(fixture.Process);
        Assert.Null((await ReadAsync(fixture, "Requirement:long"))!["state"]);
        fixture.Start();
        await TakeAsync(fixture, before);

        AssertIsFreeOfTheSecret(await ReadAsync(fixture, "Requirement:long"));
    }

    /// <summary>The process that takes snapshots sees neither the redaction nor the tombstone that came before it.</summary>
    [Fact]
    public async Task A_snapshot_of_what_a_lagging_replica_still_shows_is_refused_and_a_later_batch_brings_a_clean_one()
    {
        await using var fixture = await StartAsync(durable: true);

        var requests = await RedactBehindALagAsync(fixture, container: null);

        Assert.Single(requests, static line => line.StartsWith("POST /dbs/qanexus/colls/snapshots/docs 409", StringComparison.Ordinal));
        Assert.Null((await ReadAsync(fixture, "Requirement:long"))!["state"]);
        fixture.Store.Clock.Advance(LongerThanMemory);
        await TakeAsync(fixture, await fixture.ReadFeedAsync());
        AssertIsFreeOfTheSecret(await ReadAsync(fixture, "Requirement:long"));
    }

    [Fact]
    public async Task A_tombstone_ahead_of_what_a_lagging_replica_shows_makes_the_taker_read_again_until_it_sees_the_redaction()
    {
        await using var fixture = await StartAsync(durable: true);

        var requests = await RedactBehindALagAsync(fixture, container: "events");

        Assert.Single(requests, static line => line.StartsWith("PUT /dbs/qanexus/colls/snapshots/docs/state 200", StringComparison.Ordinal));
        AssertIsFreeOfTheSecret(await ReadAsync(fixture, "Requirement:long"));
    }

    /// <summary>Redacts an event and hands the batch from before that to another process, whose reads lag behind the redaction.</summary>
    /// <returns>What that process asked for.</returns>
    private static async Task<IReadOnlyList<string>> RedactBehindALagAsync(DeliveryFixture fixture, string? container)
    {
        await NoteSecretAsync(fixture);
        await NoteAsync(fixture, "Requirement:long", count: 100);
        var before = await fixture.ReadFeedAsync();
        var redactor = fixture.Process;
        var taker = fixture.Start();
        using var lag = fixture.Store.Account.Faults.Add(
            new FaultRule { Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query], Container = container });
        await RedactAsync(redactor);
        await TakeAsync(fixture, before);
        return taker.Requests.Lines;
    }

    private Task<DeliveryFixture> StartAsync(bool durable = false) => DeliveryFixture.StartAsync(
        services => services.AddSingleton(logs).AddSingleton(typeof(ILogger<>), typeof(RecordingLogger<>)), durable);

    private static async Task TakeAsync(DeliveryFixture fixture, IReadOnlyList<string> feed)
    {
        foreach (var page in feed)
        {
            await fixture.Get<SubscriptionRunner>().TakeSnapshotsAsync(page, CancellationToken.None);
        }
    }

    private static async Task NoteAsync(DeliveryFixture fixture, string stream, int count) => (await fixture.Store.Store.AppendAsync(
        new AppendRequest
        {
            Stream = StreamId.Parse(stream),
            Events = [.. Enumerable.Range(1, count).Select(static n => Some.Event("RequirementNoted", data: $$"""{"text":"{{n}}"}"""))],
        },
        CancellationToken.None)).Stored();

    private static async Task NoteSecretAsync(DeliveryFixture fixture) => (await fixture.Store.Store.AppendAsync(
        new AppendRequest
        {
            Stream = StreamId.Parse("Requirement:long"), Events = [Some.Event("RequirementNoted", "secret", $$"""{"text":"{{Secret}}"}""")],
        },
        CancellationToken.None)).Stored();

    private static async Task RedactAsync(StoreProcess process)
    {
        Assert.True(Streams.EventId.TryParse("secret", out var id));
        Assert.IsType<RedactionResult.Redacted>(await process.Redactor.RedactAsync(
            DeliveryFixture.Tenant, id, new RedactionRequest(RedactionReason.Parse("art. 17"), "dpo"), CancellationToken.None));
    }

    private static async Task<JsonObject?> ReadAsync(DeliveryFixture fixture, string stream)
    {
        using var response = await fixture.Store.Snapshots.ReadItemStreamAsync(
            SnapshotFields.StateId, StreamPartition.Of(DeliveryFixture.Tenant, StreamId.Parse(stream)));
        return response.StatusCode is HttpStatusCode.NotFound ? null : (await JsonNode.ParseAsync(response.EnsureSuccessStatusCode().Content))!.AsObject();
    }

    /// <summary>There is a snapshot, which knows of the redaction and has a marker where the data were.</summary>
    private static void AssertIsFreeOfTheSecret(JsonObject? snapshot)
    {
        Assert.Equal((2, 101), ((int)snapshot!["commit"]!, (int)snapshot["version"]!));
        Assert.Equal("""{"0000000001":1}""", snapshot["revisions"]!.ToJsonString());
        Assert.Contains("(redacted)", (string)snapshot["state"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, snapshot.ToJsonString(), StringComparison.Ordinal);
    }
}
