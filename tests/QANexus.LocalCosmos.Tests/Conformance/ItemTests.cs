using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ItemTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Items, "create, read, replace, upsert, delete")]
    public async Task An_item_is_created_read_replaced_upserted_and_deleted(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var item = new Item("1", "t1", "s1") { N = 1 };

        var created = await container.CreateItemAsync(item, CosmosFixture.Key);
        var read = await container.ReadItemAsync<Item>("1", CosmosFixture.Key);
        var replaced = await container.ReplaceItemAsync(item with { N = 2 }, "1", CosmosFixture.Key);
        var upserted = await container.UpsertItemAsync(item with { N = 3 }, CosmosFixture.Key);
        var inserted = await container.UpsertItemAsync(item with { Id = "2" }, CosmosFixture.Key);
        var deleted = await container.DeleteItemAsync<Item>("1", CosmosFixture.Key);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent],
            new[] { created.StatusCode, read.StatusCode, replaced.StatusCode, upserted.StatusCode, inserted.StatusCode, deleted.StatusCode });
        Assert.Equal(item, created.Resource);
        Assert.Equal(item, read.Resource);
        Assert.Equal(3, upserted.Resource.N);
        Assert.Equal(created.ETag, read.ETag);
        Assert.NotEqual(created.ETag, replaced.ETag);
        Assert.NotEqual(replaced.ETag, upserted.ETag);
        using var gone = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task The_same_id_conflicts_in_its_logical_partition_only(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        var elsewhere = await container.CreateItemAsync(new Item("1", "t1", "s2"), CosmosFixture.KeyOf("t1", "s2"));
        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key));

        Assert.Equal(HttpStatusCode.Created, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, exception.StatusCode);
        Assert.Equal(0, exception.SubStatusCode);
        Assert.Contains("code : Conflict", exception.ResponseBody, StringComparison.Ordinal);
        Assert.True(exception.RequestCharge >= 4.95);
        Assert.NotEmpty(exception.Headers.Session);
    }

    [Theory, OverBothTransports]
    public async Task The_partition_key_may_be_left_to_the_client_to_extract(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        await container.CreateItemAsync(new Item("1", "t1", "s1"));

        Assert.Equal("[\"t1\",\"s1\"]", cosmos.Wire.Items[^1].RequestHeaders["x-ms-documentdb-partitionkey"]);
        Assert.Equal(HttpStatusCode.OK, (await container.ReadItemAsync<Item>("1", CosmosFixture.Key)).StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "bodies kept byte for byte")]
    public async Task A_stored_body_keeps_its_bytes_and_gains_the_servers_properties(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var created = await container.CreateItemStreamAsync(
            CosmosFixture.Utf8("""{"id":"1","tenantId":"t1","streamId":"s1","n":1.50,"e":1E2,"_etag":null,"_ts":0,"text":"\u00e4ö"}"""), CosmosFixture.Key);
        using var read = await container.ReadItemStreamAsync("1", CosmosFixture.Key);

        var text = await new StreamReader(read.Content).ReadToEndAsync();
        Assert.StartsWith("""{"id":"1","tenantId":"t1","streamId":"s1","n":1.50,"e":1E2,"text":"\u00e4ö","_rid":""", text, StringComparison.Ordinal);
        Assert.Contains($"\"_etag\":\"{read.Headers.ETag.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", text, StringComparison.Ordinal);
        Assert.EndsWith($",\"_attachments\":\"attachments/\",\"_ts\":{cosmos.Clock.GetUtcNow().ToUnixTimeSeconds()}}}", text, StringComparison.Ordinal);
        Assert.Equal(created.Headers.ETag, read.Headers.ETag);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ETags: `If-Match` and `If-None-Match`")]
    public async Task A_read_of_what_one_has_is_304_without_a_body(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var created = await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        using var same = await container.ReadItemStreamAsync("1", CosmosFixture.Key, new ItemRequestOptions { IfNoneMatchEtag = created.ETag });
        using var other = await container.ReadItemStreamAsync("1", CosmosFixture.Key, new ItemRequestOptions { IfNoneMatchEtag = "\"other\"" });

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Empty(cosmos.Wire.Items[^2].Body);
        Assert.Equal(created.ETag, same.Headers.ETag);
        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => container.ReadItemAsync<Item>("1", CosmosFixture.Key, new ItemRequestOptions { IfNoneMatchEtag = created.ETag }));
        Assert.Equal(HttpStatusCode.NotModified, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ETags: `If-Match` and `If-None-Match`")]
    public async Task Writes_on_a_stale_etag_fail_and_change_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var item = new Item("1", "t1", "s1") { N = 1 };
        var created = await container.CreateItemAsync(item, CosmosFixture.Key);
        var current = await container.ReplaceItemAsync(item with { N = 2 }, "1", CosmosFixture.Key, new ItemRequestOptions { IfMatchEtag = created.ETag });
        var stale = new ItemRequestOptions { IfMatchEtag = created.ETag };

        Func<Task>[] writes =
        [
            () => container.ReplaceItemAsync(item with { N = 3 }, "1", CosmosFixture.Key, stale),
            () => container.UpsertItemAsync(item with { N = 3 }, CosmosFixture.Key, stale),
            () => container.DeleteItemAsync<Item>("1", CosmosFixture.Key, stale),
            () => container.PatchItemAsync<Item>("1", CosmosFixture.Key, [PatchOperation.Set("/n", 3)], new PatchItemRequestOptions { IfMatchEtag = created.ETag }),
        ];
        foreach (var write in writes)
            Assert.Equal(HttpStatusCode.PreconditionFailed, (await Assert.ThrowsAsync<CosmosException>(write)).StatusCode);

        var read = await container.ReadItemAsync<Item>("1", CosmosFixture.Key);
        Assert.Equal((2.0, current.ETag), (read.Resource.N, read.ETag));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ETags: `If-Match` and `If-None-Match`")]
    public async Task A_star_is_any_etag(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var item = new Item("1", "t1", "s1");
        await container.CreateItemAsync(item, CosmosFixture.Key);

        var replaced = await container.ReplaceItemAsync(item, "1", CosmosFixture.Key, new ItemRequestOptions { IfMatchEtag = "*" });

        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "create, read, replace, upsert, delete")]
    public async Task Writes_to_what_is_missing_are_404(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        Func<Task>[] operations =
        [
            () => container.ReadItemAsync<Item>("1", CosmosFixture.Key),
            () => container.ReplaceItemAsync(new Item("1", "t1", "s1"), "1", CosmosFixture.Key),
            () => container.DeleteItemAsync<Item>("1", CosmosFixture.Key),
            () => container.PatchItemAsync<Item>("1", CosmosFixture.Key, [PatchOperation.Set("/n", 3)]),
        ];

        foreach (var operation in operations)
        {
            var exception = await Assert.ThrowsAsync<CosmosException>(operation);
            Assert.Equal((HttpStatusCode.NotFound, 0), (exception.StatusCode, exception.SubStatusCode));
        }
    }

    [Theory, OverBothTransports]
    public async Task A_client_that_wants_no_content_gets_the_etag_and_no_body(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var quiet = new ItemRequestOptions { EnableContentResponseOnWrite = false };
        var item = new Item("1", "t1", "s1");

        var created = await container.CreateItemAsync(item, CosmosFixture.Key, quiet);
        var upserted = await container.UpsertItemAsync(item, CosmosFixture.Key, quiet);
        var replaced = await container.ReplaceItemAsync(item, "1", CosmosFixture.Key, quiet);

        Assert.All([created, upserted, replaced], response =>
        {
            Assert.Null(response.Resource);
            Assert.NotEmpty(response.ETag);
        });
        Assert.All(cosmos.Wire.Items, exchange => Assert.Empty(exchange.Body));
    }

    [Theory, OverBothTransports]
    public async Task Every_answer_about_an_item_carries_charge_session_and_activity_and_is_not_chunked(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8("""{"id":"1","tenantId":"t1","streamId":"s1"}"""), CosmosFixture.Key);
        using var conflict = await container.CreateItemStreamAsync(CosmosFixture.Utf8("""{"id":"1","tenantId":"t1","streamId":"s1"}"""), CosmosFixture.Key);
        using var read = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        using var missing = await container.ReadItemStreamAsync("2", CosmosFixture.Key);
        using var deleted = await container.DeleteItemStreamAsync("1", CosmosFixture.Key);

        Assert.Equal(5, cosmos.Wire.Items.Count);
        Assert.All(cosmos.Wire.Items, exchange =>
        {
            Assert.Equal(exchange.RequestHeaders["x-ms-activity-id"], exchange["x-ms-activity-id"]);
            Assert.Matches("^[0-9]+:-1#[0-9]+$", exchange["x-ms-session-token"]);
            Assert.True(double.Parse(exchange["x-ms-request-charge"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
            Assert.Equal("0", exchange["x-ms-documentdb-partitionkeyrangeid"]);
            Assert.Equal("dbs/db/colls/ev", exchange["x-ms-alt-content-path"]);
            Assert.DoesNotContain("Transfer-Encoding", exchange.Headers.Keys);
            if (exchange.Body.Length > 0)
                Assert.Equal($"{exchange.Body.Length}", exchange["Content-Length"]);
        });
        Assert.Equal((HttpStatusCode.Conflict, null), (conflict.StatusCode, conflict.Content));
        Assert.Contains("already exists", conflict.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "unique keys within a logical partition")]
    public async Task Unique_keys_hold_within_a_logical_partition(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/unique" } }));
        var item = new Item("1", "t1", "s1") { Unique = "u" };
        await container.CreateItemAsync(item, CosmosFixture.Key);
        await container.CreateItemAsync(item with { Id = "2", Unique = "v" }, CosmosFixture.Key);

        var elsewhere = await container.CreateItemAsync(item with { StreamId = "s2" }, CosmosFixture.KeyOf("t1", "s2"));
        Assert.Equal(HttpStatusCode.Created, elsewhere.StatusCode);
        Func<Task>[] taken =
        [
            () => container.CreateItemAsync(item with { Id = "3" }, CosmosFixture.Key),
            () => container.UpsertItemAsync(item with { Id = "3" }, CosmosFixture.Key),
            () => container.ReplaceItemAsync(item with { Id = "2" }, "2", CosmosFixture.Key),
            () => container.PatchItemAsync<Item>("2", CosmosFixture.Key, [PatchOperation.Set("/unique", "u")]),
        ];
        foreach (var write in taken)
            Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<CosmosException>(write)).StatusCode);

        await container.DeleteItemAsync<Item>("1", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.Created, (await container.CreateItemAsync(item with { Id = "3" }, CosmosFixture.Key)).StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "unique keys within a logical partition")]
    public async Task A_missing_unique_value_is_null_and_may_occur_once(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/unique" } }));
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(new Item("2", "t1", "s1"), CosmosFixture.Key));

        Assert.Equal(HttpStatusCode.Conflict, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "the limit of 2 MB")]
    public async Task An_item_over_two_megabytes_is_413_and_one_below_is_stored(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var fits = await container.CreateItemStreamAsync(Body("1", (2 * 1024 * 1024) - 100), CosmosFixture.Key);
        using var large = await container.CreateItemStreamAsync(Body("2", (2 * 1024 * 1024) + 1), CosmosFixture.Key);
        using var huge = await container.CreateItemStreamAsync(Body("3", 6 * 1024 * 1024), CosmosFixture.Key);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge],
            new[] { fits.StatusCode, large.StatusCode, huge.StatusCode });
    }

    [Theory, OverBothTransports]
    public async Task Bodies_that_are_no_items_are_400(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        string[] bodies =
        [
            "", "[]", "null", "{\"id\":1,\"tenantId\":\"t1\",\"streamId\":\"s1\"}", "{\"tenantId\":\"t1\",\"streamId\":\"s1\"}",
            "{\"id\":\"a/b\",\"tenantId\":\"t1\",\"streamId\":\"s1\"}", "{\"id\":\"1\",\"tenantId\":\"t1\",\"streamId\":\"s1\"", "\u0080\u0001\u0002",
        ];

        foreach (var body in bodies)
        {
            using var response = await container.CreateItemStreamAsync(new MemoryStream(Encoding.Latin1.GetBytes(body)), CosmosFixture.Key);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "time to live")]
    public async Task An_item_lives_as_long_as_its_time_to_live_says(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(properties => properties.DefaultTimeToLive = -1);
        await container.CreateItemAsync(new Item("short", "t1", "s1") { Ttl = 10 }, CosmosFixture.Key);
        await container.CreateItemAsync(new Item("long", "t1", "s1"), CosmosFixture.Key);

        cosmos.Clock.Advance(TimeSpan.FromSeconds(9));
        using var before = await container.ReadItemStreamAsync("short", CosmosFixture.Key);
        cosmos.Clock.Advance(TimeSpan.FromSeconds(2));
        using var after = await container.ReadItemStreamAsync("short", CosmosFixture.Key);
        using var lasting = await container.ReadItemStreamAsync("long", CosmosFixture.Key);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK], new[] { before.StatusCode, after.StatusCode, lasting.StatusCode });
        Assert.Equal(HttpStatusCode.Created, (await container.CreateItemAsync(new Item("short", "t1", "s1"), CosmosFixture.Key)).StatusCode);
    }

    private static MemoryStream Body(string id, int length)
    {
        var head = $"{{\"id\":\"{id}\",\"tenantId\":\"t1\",\"streamId\":\"s1\",\"p\":\"";
        return CosmosFixture.Utf8(head + new string('x', length - head.Length - 2) + "\"}");
    }
}
