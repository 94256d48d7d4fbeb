using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Batching;

public sealed class BatchTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    public static TheoryData<Setting> Settings => [Setting.InMemory, Setting.Durable, Setting.DurableOnPort];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_batch_answers_each_operation_and_stores_all(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New("old"), s_key);
        await container.CreateItemAsync(New("gone"), s_key);

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("new"))
            .ReplaceItem("old", New("old") with { N = 7 })
            .UpsertItem(New("up"))
            .ReadItem("new")
            .DeleteItem("gone")
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent],
            response.Select(result => result.StatusCode));
        Assert.Equal("new", response.GetOperationResultAtIndex<Entry>(3).Resource.Id);
        Assert.Equal(7, (await container.ReadItemAsync<Entry>("old", s_key)).Resource.N);
        Assert.Equal(response[0].ETag, (await container.ReadItemAsync<Entry>("new", s_key)).ETag);
        using var gone = await container.ReadItemStreamAsync("gone", s_key);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_batch_with_one_conflict_stores_nothing(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        var before = await container.CreateItemAsync(New("taken"), s_key);

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("a")).CreateItem(New("taken")).CreateItem(New("b")).ExecuteAsync();

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(
            [HttpStatusCode.FailedDependency, HttpStatusCode.Conflict, HttpStatusCode.FailedDependency], response.Select(result => result.StatusCode));
        Assert.NotEmpty(response.ErrorMessage);
        foreach (var id in (string[])["a", "b"])
        {
            using var read = await container.ReadItemStreamAsync(id, s_key);
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        }

        // The transaction that never was took no LSN.
        Assert.Equal(before.Headers.Session, response.Headers.Session);
    }

    [Fact]
    public async Task A_stale_etag_in_a_batch_undoes_it()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var first = await container.CreateItemAsync(New("1"), s_key);
        await container.ReplaceItemAsync(New("1") with { N = 1 }, "1", s_key);

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("2"))
            .ReplaceItem("1", New("1") with { N = 2 }, new TransactionalBatchItemRequestOptions { IfMatchEtag = first.ETag })
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        Assert.Equal(1, (await container.ReadItemAsync<Entry>("1", s_key)).Resource.N);
        using var second = await container.ReadItemStreamAsync("2", s_key);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
    }

    [Fact]
    public async Task An_operation_of_a_batch_sees_what_those_before_it_did()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("1")).DeleteItem("1").CreateItem(New("1") with { N = 2 }).ReadItem("1").ExecuteAsync();

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(2, response.GetOperationResultAtIndex<Entry>(3).Resource.N);
    }

    [Fact]
    public async Task A_batch_with_a_unique_key_twice_conflicts()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/key" } }));

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("1") with { Key = "k" }).CreateItem(New("2") with { Key = "k" }).ExecuteAsync();

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        using var first = await container.ReadItemStreamAsync("1", s_key);
        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
    }

    [Fact]
    public async Task A_hundred_operations_are_taken_and_one_more_is_not()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();

        using var hundred = await BatchOf(container, 100).ExecuteAsync();
        using var more = await BatchOf(container, 101).ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, hundred.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
    }

    [Fact]
    public async Task A_batch_over_two_megabytes_in_either_direction_is_too_large_and_stores_nothing()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var large = New("1") with { Key = new string('x', 1_100_000) };
        await container.CreateItemAsync(large, s_key);

        using var request = await container.CreateTransactionalBatch(s_key)
            .CreateItem(large with { Id = "2" }).CreateItem(large with { Id = "3" }).ExecuteAsync();
        using var results = await container.CreateTransactionalBatch(s_key).CreateItem(New("4")).ReadItem("1").ReadItem("1").ExecuteAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, request.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, results.StatusCode);
        using var fourth = await container.ReadItemStreamAsync("4", s_key);
        Assert.Equal(HttpStatusCode.NotFound, fourth.StatusCode);
    }

    [Fact]
    public async Task What_a_batch_cannot_have_here_is_refused_by_its_name()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("1"), new TransactionalBatchItemRequestOptions { IndexingDirective = IndexingDirective.Exclude }).ExecuteAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Exclude", response.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_may_keep_its_results_to_etags()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItem(New("1"), new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false }).ExecuteAsync();

        Assert.Null(response[0].ResourceStream);
        Assert.NotNull(response[0].ETag);
    }

    private static Entry New(string id) => new(id, "t1", "s1");

    private static TransactionalBatch BatchOf(Container container, int count)
    {
        var batch = container.CreateTransactionalBatch(s_key);
        for (var i = 0; i < count; i++)
            batch.CreateItem(New($"{count}-{i}"));
        return batch;
    }
}
