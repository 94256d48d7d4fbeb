using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>No snapshot outlives the data in it, and none brings them back.</summary>
public sealed class RedactedSnapshotTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly PartitionKey Partition = new PartitionKeyBuilder().Add("t1").Add(Some.Stream.ToString()).Build();

    [Fact]
    public async Task A_redaction_leaves_a_tombstone_in_place_of_the_snapshot_and_deletes_what_clients_kept()
    {
        await using var fixture = await StartAsync();
        var documents = Documents(fixture);
        Assert.Null(await WriteAsync(fixture, documents, SnapshotDocument.None));
        await AddClientSnapshotAsync(fixture);

        await RedactAsync(fixture, "e1");
        await RedactAsync(fixture, "e2");

        var left = await ReadAsync(documents);
        Assert.Null(left.State);
        Assert.Null(left.Defect);
        Assert.Equal(new Dictionary<long, long> { [1] = 2 }, left.Revisions);
        using var client = await Snapshots(fixture).ReadItemStreamAsync(SnapshotFields.ClientId, Partition);
        Assert.Equal(HttpStatusCode.NotFound, client.StatusCode);
    }

    [Fact]
    public async Task A_snapshot_that_was_under_way_during_the_redaction_is_refused()
    {
        await using var fixture = await StartAsync();
        var documents = Documents(fixture);
        var none = await ReadAsync(documents);
        Assert.Null(await WriteAsync(fixture, documents, none));
        var first = await ReadAsync(documents);

        await RedactAsync(fixture, "e1");

        // One writer knew of no document, the other of the one that was there before.
        Assert.True((await WriteAsync(fixture, documents, none))!.IsConflict);
        Assert.True((await WriteAsync(fixture, documents, first))!.IsPreconditionFailed);
        Assert.Null((await ReadAsync(documents)).State);
    }

    [Fact]
    public async Task The_tombstone_comes_before_the_redaction_so_that_one_that_dies_between_them_leaves_no_snapshot()
    {
        await using var fixture = await StartAsync();
        var documents = Documents(fixture);
        Assert.Null(await WriteAsync(fixture, documents, SnapshotDocument.None));
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "events", Skip = 1 }))
        {
            await Assert.ThrowsAsync<Failures.RedactionUnfinishedException>(() => RedactAsync(fixture, "e1"));
        }

        var left = await ReadAsync(documents);
        Assert.Null(left.State);
        Assert.Equal(new Dictionary<long, long> { [1] = 1 }, left.Revisions);
        await RedactAsync(fixture, "e1");
        Assert.Equal(new Dictionary<long, long> { [1] = 1 }, (await ReadAsync(documents)).Revisions);
    }

    [Fact]
    public async Task A_redaction_that_is_late_with_its_tombstone_lets_no_snapshot_in_that_misses_another_redaction()
    {
        await using var fixture = await StartAsync();
        var documents = Documents(fixture);
        foreach (var (commit, revision) in new[] { (1, 2), (2, 1), (1, 1) })
        {
            var revisions = new Dictionary<long, long> { [commit] = revision };
            await documents.DropAsync(Tenant, Some.Stream, revisions, new ChargeMeter(), CancellationToken.None);
        }

        Assert.Equal(new Dictionary<long, long> { [1] = 2, [2] = 1 }, (await ReadAsync(documents)).Revisions);
    }

    [Fact]
    public async Task Without_a_tombstone_nothing_is_redacted()
    {
        await using var fixture = await StartAsync();
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "snapshots" }))
        {
            await Assert.ThrowsAsync<Failures.RedactionUnfinishedException>(() => RedactAsync(fixture, "e1"));
        }

        Assert.All(await fixture.Store.ReadAllAsync(Some.Stream), static e => Assert.Null(e.Redaction));
    }

    private static async Task<StoreFixture> StartAsync()
    {
        var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Event(id: "e1", data: """{"name":"Ada"}"""), Some.Event(id: "e2", data: """{"name":"Ada"}""")), CancellationToken.None);
        return fixture;
    }

    private static Container Snapshots(StoreFixture fixture) => fixture.Process.Client.GetContainer("qanexus", ContainerNames.Snapshots);

    private static SnapshotDocuments Documents(StoreFixture fixture) => new(Snapshots(fixture), new CosmosEventStoreOptions(), fixture.Clock);

    private static Task<SnapshotDocument> ReadAsync(SnapshotDocuments documents) =>
        documents.ReadAsync(Tenant, Some.Stream, new ChargeMeter(), CancellationToken.None);

    private static Task<RequestFailure?> WriteAsync(StoreFixture fixture, SnapshotDocuments documents, SnapshotDocument read)
    {
        var state = new StoredState("schema", new StreamPosition(1, 2), fixture.Clock.GetUtcNow(), fixture.Clock.GetUtcNow(), """{"name":"Ada"}""");
        var json = SnapshotJson.Write(Tenant, Some.Stream, state, read.Revisions!);
        return documents.TryWriteAsync(Tenant, Some.Stream, read, json, new ChargeMeter(), CancellationToken.None);
    }

    private static async Task AddClientSnapshotAsync(StoreFixture fixture)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(
            $$"""{"id":"{{SnapshotFields.ClientId}}","tenantId":"t1","streamId":"{{Some.Stream}}","state":{"name":"Ada"} }"""));
        using var response = await Snapshots(fixture).CreateItemStreamAsync(body, Partition);
        response.EnsureSuccessStatusCode();
    }

    private static async Task RedactAsync(StoreFixture fixture, string id)
    {
        Assert.True(EventId.TryParse(id, out var parsed));
        var request = new RedactionRequest(RedactionReason.Parse("art. 17"), "dpo");
        Assert.IsType<RedactionResult.Redacted>(await fixture.Process.Redactor.RedactAsync(Tenant, parsed, request, CancellationToken.None));
    }
}
