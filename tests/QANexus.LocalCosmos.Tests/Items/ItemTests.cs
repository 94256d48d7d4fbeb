using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Items;

public sealed class ItemTests
{
    public static TheoryData<Setting> Settings => [Setting.InMemory, Setting.Durable, Setting.DurableOnPort];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task An_item_lives_from_create_to_delete(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        var entry = new Entry("1", "t1", "s1") { N = 1 };

        var created = await container.CreateItemAsync(entry, entry.PartitionKey);
        var read = await container.ReadItemAsync<Entry>("1", entry.PartitionKey);
        var replaced = await container.ReplaceItemAsync(entry with { N = 2 }, "1", entry.PartitionKey);
        var upserted = await container.UpsertItemAsync(entry with { N = 3 }, entry.PartitionKey);
        var inserted = await container.UpsertItemAsync(entry with { Id = "2" }, entry.PartitionKey);
        var deleted = await container.DeleteItemAsync<Entry>("1", entry.PartitionKey);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(entry, read.Resource);
        Assert.Equal(created.ETag, read.ETag);
        Assert.Equal((HttpStatusCode.OK, 2), (replaced.StatusCode, replaced.Resource.N));
        Assert.Equal((HttpStatusCode.OK, 3), (upserted.StatusCode, upserted.Resource.N));
        Assert.Equal(HttpStatusCode.Created, inserted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(3, new[] { created.ETag, replaced.ETag, upserted.ETag }.Distinct().Count());
        await RefusedAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Entry>("1", entry.PartitionKey));
        await RefusedAsync(HttpStatusCode.NotFound, 0, () => container.ReplaceItemAsync(entry, "1", entry.PartitionKey));
        await RefusedAsync(HttpStatusCode.NotFound, 0, () => container.DeleteItemAsync<Entry>("1", entry.PartitionKey));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_write_on_a_stale_etag_is_refused_and_changes_nothing(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        var entry = new Entry("1", "t1", "s1") { N = 1 };
        var first = await container.CreateItemAsync(entry, entry.PartitionKey);
        var second = await container.ReplaceItemAsync(entry with { N = 2 }, "1", entry.PartitionKey, new ItemRequestOptions { IfMatchEtag = first.ETag });
        var stale = new ItemRequestOptions { IfMatchEtag = first.ETag };

        await RefusedAsync(HttpStatusCode.PreconditionFailed, 0, () => container.ReplaceItemAsync(entry with { N = 3 }, "1", entry.PartitionKey, stale));
        await RefusedAsync(HttpStatusCode.PreconditionFailed, 0, () => container.UpsertItemAsync(entry with { N = 3 }, entry.PartitionKey, stale));
        await RefusedAsync(HttpStatusCode.PreconditionFailed, 0, () => container.DeleteItemAsync<Entry>("1", entry.PartitionKey, stale));

        var read = await container.ReadItemAsync<Entry>("1", entry.PartitionKey);
        Assert.Equal((2, second.ETag), (read.Resource.N, read.ETag));
    }

    [Fact]
    public async Task A_read_of_a_version_that_the_client_knows_brings_304_and_no_body()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var entry = new Entry("1", "t1", "s1");
        var created = await container.CreateItemAsync(entry, entry.PartitionKey);

        using var known = await container.ReadItemStreamAsync("1", entry.PartitionKey, new ItemRequestOptions { IfNoneMatchEtag = created.ETag });
        using var other = await container.ReadItemStreamAsync("1", entry.PartitionKey, new ItemRequestOptions { IfNoneMatchEtag = "\"other\"" });

        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(created.ETag, known.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task The_same_id_is_another_item_in_another_logical_partition()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var one = new Entry("1", "t1", "s1") { N = 1 };
        var other = new Entry("1", "t1", "s2") { N = 2 };
        await container.CreateItemAsync(one, one.PartitionKey);
        await container.CreateItemAsync(other, other.PartitionKey);

        await RefusedAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(one with { N = 3 }, one.PartitionKey));

        Assert.Equal(one, (await container.ReadItemAsync<Entry>("1", one.PartitionKey)).Resource);
        Assert.Equal(other, (await container.ReadItemAsync<Entry>("1", other.PartitionKey)).Resource);
    }

    [Fact]
    public async Task Whole_numbers_in_any_spelling_are_one_partition_key()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();

        using var created = await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":1.0}"""), new PartitionKey(1));
        using var none = await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1"}"""), PartitionKey.None);
        using var isNull = await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":null}"""), PartitionKey.Null);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.Created, none.StatusCode);
        Assert.Equal(HttpStatusCode.Created, isNull.StatusCode);
        using var read = await container.ReadItemStreamAsync("1", new PartitionKey(1.0));
        using var document = await JsonDocument.ParseAsync(read.Content);
        Assert.Equal("1.0", document.RootElement.GetProperty("pk").GetRawText());
    }

    [Fact]
    public async Task A_stored_body_keeps_its_text_and_gets_the_servers_own_properties()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        const string Content = """{"id":"ä 1","pk":"p","n":1.50e3, "big":12345678901234567890,"_ts":1,"_etag":null,"text":"\u00e4\/"}""";

        using var created = await container.CreateItemStreamAsync(TestAccount.Json(Content), new PartitionKey("p"));
        using var read = await container.ReadItemStreamAsync("ä 1", new PartitionKey("p"));

        var body = await new StreamReader(read.Content).ReadToEndAsync();
        Assert.StartsWith("""{"id":"ä 1","pk":"p","n":1.50e3,"big":12345678901234567890,"text":"\u00e4\/",""", body, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(read.Headers.ETag, document.RootElement.GetProperty("_etag").GetString());
        Assert.NotEqual(1, document.RootElement.GetProperty("_ts").GetInt64());
        Assert.Equal(await new StreamReader(created.Content).ReadToEndAsync(), body);
    }

    [Fact]
    public async Task Without_content_response_a_write_brings_the_etag_alone()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var entry = new Entry("1", "t1", "s1");

        var created = await container.CreateItemAsync(entry, entry.PartitionKey, new ItemRequestOptions { EnableContentResponseOnWrite = false });

        Assert.Null(created.Resource);
        Assert.Equal(created.ETag, (await container.ReadItemAsync<Entry>("1", entry.PartitionKey)).ETag);
    }

    [Theory]
    [InlineData("""{"id":"a/b","pk":"p"}""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"id":"","pk":"p"}""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"id":7,"pk":"p"}""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"pk":"p"}""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""["id"]""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"id":"1","pk":"p" """, HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"id":"1","pk":"other"}""", HttpStatusCode.BadRequest, 1001)]
    [InlineData("""{"id":"1","pk":{"a":1}}""", HttpStatusCode.BadRequest, 1001)]
    [InlineData("""{"id":"1","pk":"p","ttl":0}""", HttpStatusCode.BadRequest, 0)]
    public async Task What_is_no_item_of_the_logical_partition_is_refused(string body, HttpStatusCode status, int subStatus)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();

        using var response = await container.CreateItemStreamAsync(TestAccount.Json(body), new PartitionKey("p"));

        Assert.Equal((status, subStatus), (response.StatusCode, int.Parse(response.Headers["x-ms-substatus"] ?? "0", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.NotEmpty(response.ErrorMessage);
        Assert.StartsWith("0:-1#", response.Headers.Session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_over_two_megabytes_is_too_large_and_one_below_is_not()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        static string Body(int size) => $$"""{"id":"1","pk":"p","text":"{{new string('x', size)}}"}""";

        using var tooLarge = await container.CreateItemStreamAsync(TestAccount.Json(Body(2 * 1024 * 1024)), new PartitionKey("p"));
        using var large = await container.CreateItemStreamAsync(TestAccount.Json(Body((2 * 1024 * 1024) - 100)), new PartitionKey("p"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.Created, large.StatusCode);
    }

    [Fact]
    public async Task A_unique_key_is_unique_in_its_logical_partition_alone()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/key" } }));
        var first = new Entry("1", "t1", "s1") { Key = "k" };
        await container.CreateItemAsync(first, first.PartitionKey);
        await container.CreateItemAsync(first with { Stream = "s2" }, Entry.KeyOf("t1", "s2"));

        await RefusedAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(first with { Id = "2" }, first.PartitionKey));
        await container.CreateItemAsync(first with { Id = "2", Key = "other" }, first.PartitionKey);
        await RefusedAsync(HttpStatusCode.Conflict, 0, () => container.ReplaceItemAsync(first with { Id = "2" }, "2", first.PartitionKey));

        await container.ReplaceItemAsync(first with { Key = "moved" }, "1", first.PartitionKey);
        await container.ReplaceItemAsync(first with { Id = "2" }, "2", first.PartitionKey);
        await container.DeleteItemAsync<Entry>("2", first.PartitionKey);
        await container.CreateItemAsync(first with { Id = "3" }, first.PartitionKey);
    }

    [Fact]
    public async Task An_item_of_a_missing_container_is_told_from_a_missing_item()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateFlatAsync();

        await RefusedAsync(HttpStatusCode.NotFound, 1003, () => account.Client.GetContainer("db", "flat").DeleteContainerAsync().ContinueWith(
            _ => account.Client.GetContainer("db", "flat").ReadItemAsync<Entry>("1", new PartitionKey("p")), TaskScheduler.Default).Unwrap());
    }

    private static async Task RefusedAsync(HttpStatusCode status, int subStatus, Func<Task> operation)
    {
        var refusal = await Assert.ThrowsAsync<CosmosException>(operation);
        Assert.Equal((status, subStatus), (refusal.StatusCode, refusal.SubStatusCode));
    }
}
