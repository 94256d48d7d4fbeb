using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Items;

public sealed class TimeToLiveTests
{
    private static readonly PartitionKey s_key = new("p");

    [Fact]
    [Proves(Area.Items, "time to live")]
    public async Task An_items_own_time_wins_over_its_containers()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateFlatAsync(properties => properties.DefaultTimeToLive = 10);
        await CreateAsync(container, """{"id":"default","pk":"p"}""");
        await CreateAsync(container, """{"id":"longer","pk":"p","ttl":20}""");
        await CreateAsync(container, """{"id":"for-ever","pk":"p","ttl":-1}""");

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["default", "for-ever", "longer"], await LivingAsync(container));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["for-ever", "longer"], await LivingAsync(container));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["for-ever"], await LivingAsync(container));
    }

    [Fact]
    public async Task Without_a_container_setting_nothing_expires()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateFlatAsync();
        await CreateAsync(container, """{"id":"1","pk":"p","ttl":1}""");

        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(["1"], await LivingAsync(container));
    }

    [Fact]
    [Proves(Area.Items, "time to live")]
    public async Task An_expired_item_makes_room_for_its_id_and_its_unique_keys()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateFlatAsync(properties =>
        {
            properties.DefaultTimeToLive = -1;
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/key" } });
        });
        await CreateAsync(container, """{"id":"1","pk":"p","key":"a","ttl":5}""");
        await CreateAsync(container, """{"id":"2","pk":"p","key":"b","ttl":5}""");

        time.Advance(TimeSpan.FromSeconds(5));
        using var missing = await container.ReadItemStreamAsync("1", s_key);
        using var replaced = await container.ReplaceItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p","key":"z"}"""), "1", s_key);
        await CreateAsync(container, """{"id":"1","pk":"p","key":"a"}""");
        await CreateAsync(container, """{"id":"3","pk":"p","key":"b"}""");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, replaced.StatusCode);
        Assert.Equal(["1", "3"], await LivingAsync(container));
    }

    private static async Task CreateAsync(Container container, string body)
    {
        using var created = await container.CreateItemStreamAsync(TestAccount.Json(body), s_key);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    // By query, by feed and by change feed: none of them shows what is over.
    private static async Task<List<string>> LivingAsync(Container container)
    {
        using var query = container.GetItemQueryIterator<Named>("SELECT c.id FROM c", requestOptions: new QueryRequestOptions { PartitionKey = s_key });
        var queried = (await query.ReadNextAsync()).Select(item => item.Id).Order(StringComparer.Ordinal).ToList();
        using var feed = container.GetItemQueryIterator<Named>();
        Assert.Equal(queried, (await feed.ReadNextAsync()).Select(item => item.Id).Order(StringComparer.Ordinal));
        using var changes = container.GetChangeFeedIterator<Named>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        Assert.Equal(queried, (await changes.ReadNextAsync()).Select(item => item.Id).Order(StringComparer.Ordinal));
        return queried;
    }

    private sealed record Named(string Id);
}
