using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class TransactionalBatchTests
{
    private static readonly Item s_item = new("1", "t1", "s1");

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "transactional batch: all or nothing")]
    public async Task Every_operation_succeeds_with_its_own_status_etag_and_body(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        foreach (var id in new[] { "read", "replace", "delete", "patch", "upsert" })
            await container.CreateItemAsync(s_item with { Id = id, N = 1 }, CosmosFixture.Key);

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { Id = "create" })
            .ReadItem("read")
            .ReplaceItem("replace", s_item with { Id = "replace", N = 2 })
            .DeleteItem("delete")
            .PatchItem("patch", [PatchOperation.Increment("/n", 4)])
            .UpsertItem(s_item with { Id = "upsert", N = 3 })
            .UpsertItem(s_item with { Id = "insert" })
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created],
            response.Select(result => result.StatusCode));
        Assert.Equal(5, response.GetOperationResultAtIndex<Item>(4).Resource.N);
        Assert.Null(response[3].ResourceStream);
        Assert.All(response.Where(result => result.StatusCode != HttpStatusCode.NoContent), result => Assert.NotEmpty(result.ETag));
        Assert.Equal(response[4].ETag, (await container.ReadItemAsync<Item>("patch", CosmosFixture.Key)).ETag);
        Assert.True(response.RequestCharge > 20);
        using var deleted = await container.ReadItemStreamAsync("delete", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
    }

    public static TheoryData<Transport, int, string> Failures
    {
        get
        {
            var data = new TheoryData<Transport, int, string>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                data.Add(transport, 409, "already exists");
                data.Add(transport, 404, "does not exist");
                data.Add(transport, 412, "precondition");
                data.Add(transport, 400, "id");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    [Proves(Area.Batches, "transactional batch: all or nothing")]
    [Proves(Area.Batches, "ETags in batches")]
    public async Task One_failure_fails_all_and_stores_nothing(Transport transport, int status, string reason)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(s_item, CosmosFixture.Key);
        var batch = container.CreateTransactionalBatch(CosmosFixture.Key).CreateItem(s_item with { Id = "before" });
        batch = status switch
        {
            409 => batch.CreateItem(s_item),
            404 => batch.ReplaceItem("none", s_item with { Id = "none" }),
            412 => batch.ReplaceItem("1", s_item, new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"stale\"" }),
            _ => batch.CreateItem(s_item with { Id = "a/b" }),
        };

        using var response = await batch.CreateItem(s_item with { Id = "after" }).ExecuteAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal([424, status, 424], response.Select(result => (int)result.StatusCode));
        Assert.Contains(reason, response.ErrorMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.MultiStatus, cosmos.Wire.Items[^1].Status);
        foreach (var id in new[] { "before", "after" })
        {
            using var read = await container.ReadItemStreamAsync(id, CosmosFixture.Key);
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        }
    }

    [Theory, OverBothTransports]
    public async Task A_unique_key_taken_fails_the_batch(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/unique" } }));
        await container.CreateItemAsync(s_item with { Unique = "u" }, CosmosFixture.Key);

        using var taken = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { Id = "2", Unique = "v" }).CreateItem(s_item with { Id = "3", Unique = "u" }).ExecuteAsync();
        using var within = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { Id = "2", Unique = "v" }).CreateItem(s_item with { Id = "3", Unique = "v" }).ExecuteAsync();
        using var handedOver = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .DeleteItem("1").CreateItem(s_item with { Id = "3", Unique = "u" }).ExecuteAsync();

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.OK], new[] { taken.StatusCode, within.StatusCode, handedOver.StatusCode });
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "transactional batch: all or nothing")]
    public async Task An_operation_sees_what_those_before_it_did(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { N = 1 })
            .PatchItem("1", [PatchOperation.Increment("/n", 1)])
            .ReadItem("1")
            .DeleteItem("1")
            .CreateItem(s_item with { N = 7 })
            .ExecuteAsync();

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(2, response.GetOperationResultAtIndex<Item>(2).Resource.N);
        Assert.Equal(7, (await container.ReadItemAsync<Item>("1", CosmosFixture.Key)).Resource.N);
    }

    [Theory, OverBothTransports]
    public async Task Minimal_return_is_per_operation(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item, new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false })
            .CreateItem(s_item with { Id = "2" })
            .ExecuteAsync();

        Assert.Null(response[0].ResourceStream);
        Assert.NotEmpty(response[0].ETag);
        Assert.Equal("2", response.GetOperationResultAtIndex<Item>(1).Resource.Id);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "ETags in batches")]
    public async Task A_read_in_a_batch_honours_its_etag(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var created = await container.CreateItemAsync(s_item, CosmosFixture.Key);

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .ReadItem("1", new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = "\"other\"" })
            .UpsertItem(s_item with { N = 5 }, new TransactionalBatchItemRequestOptions { IfMatchEtag = created.ETag })
            .ExecuteAsync();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], response.Select(result => result.StatusCode));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "the limits of 100 operations and 2 MB")]
    public async Task A_hundred_operations_are_carried_out_and_one_more_is_400(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var hundred = await Batch(100).ExecuteAsync();
        using var more = await Batch(101).ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, hundred.StatusCode);
        Assert.Equal(100, hundred.Count);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        Assert.Contains("more operations", more.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(101, more.Count);

        TransactionalBatch Batch(int count) => Enumerable.Range(0, count).Aggregate(
            container.CreateTransactionalBatch(CosmosFixture.Key), (batch, i) => batch.UpsertItem(s_item with { Id = $"i{i}" }));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "the limits of 100 operations and 2 MB")]
    public async Task A_batch_over_two_megabytes_is_413_and_stores_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var large = new string('x', 700_000);

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { Type = large }).CreateItem(s_item with { Id = "2", Type = large }).CreateItem(s_item with { Id = "3", Type = large })
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        using var read = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task A_key_in_a_body_other_than_the_batchs_is_400(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key).CreateItem(s_item with { StreamId = "s2" }).ExecuteAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task A_batch_on_a_missing_container_is_404_for_every_operation(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        // The client must know the container, or it looks for it first and fails by itself.
        await container.CreateItemAsync(s_item, CosmosFixture.Key);
        await container.ReadItemAsync<Item>("1", CosmosFixture.Key);
        await cosmos.CreateClient().GetContainer("db", "ev").DeleteContainerAsync();

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key).CreateItem(s_item).DeleteItem("2").ExecuteAsync();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.All(response, result => Assert.Equal(HttpStatusCode.NotFound, result.StatusCode));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "transactional batch: all or nothing")]
    public async Task The_writes_of_one_batch_share_one_lsn_and_stand_together_in_the_change_feed(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(s_item with { Id = "before" }, CosmosFixture.Key);
        using var batch = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(s_item with { Id = "a" }).CreateItem(s_item with { Id = "b" }).CreateItem(s_item with { Id = "c" }).ExecuteAsync();
        await container.CreateItemAsync(s_item with { Id = "after" }, CosmosFixture.Key);

        using var feed = container.GetChangeFeedIterator<Change>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 2 });
        var pages = new List<string>();
        var lsns = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
        {
            pages.Add(string.Join(',', page.Select(change => change.Id)));
            foreach (var change in page)
                lsns[change.Id] = change.Lsn;
        }

        Assert.Equal("before,a,b,c,after", string.Join(',', pages));
        Assert.Contains(pages, page => page.Contains("a,b,c", StringComparison.Ordinal));
        Assert.Equal((lsns["a"], lsns["a"]), (lsns["b"], lsns["c"]));
        Assert.True(lsns["before"] < lsns["a"] && lsns["a"] < lsns["after"]);
    }
}
