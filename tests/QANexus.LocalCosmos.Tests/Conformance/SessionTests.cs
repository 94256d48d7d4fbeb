using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class SessionTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Consistency, "session tokens, also over a split")]
    public async Task A_read_carries_the_token_of_the_write_before_it(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var created = await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        await container.ReadItemAsync<Item>("1", CosmosFixture.Key);

        Assert.Equal(created.Headers.Session, cosmos.Wire.Items[^1].RequestHeaders["x-ms-session-token"]);
    }

    [Theory, OverBothTransports]
    public async Task Every_write_moves_the_token_on_and_no_refusal_does(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var item = new Item("1", "t1", "s1");

        var created = Lsn((await container.CreateItemAsync(item, CosmosFixture.Key)).Headers.Session);
        using var conflict = await container.CreateItemStreamAsync(CosmosFixture.Utf8("""{"id":"1","tenantId":"t1","streamId":"s1"}"""), CosmosFixture.Key);
        var replaced = Lsn((await container.ReplaceItemAsync(item, "1", CosmosFixture.Key)).Headers.Session);
        var deleted = Lsn((await container.DeleteItemAsync<Item>("1", CosmosFixture.Key)).Headers.Session);

        Assert.Equal(created, Lsn(conflict.Headers.Session));
        Assert.True(created < replaced && replaced < deleted);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Consistency, "session tokens, also over a split")]
    public async Task A_token_from_the_future_is_404_with_substatus_1002(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        cosmos.Wire.Clear();

        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Item>(
            "1", CosmosFixture.Key, new ItemRequestOptions { SessionToken = "0:-1#1000000" }));

        Assert.Equal((HttpStatusCode.NotFound, 1002), (exception.StatusCode, exception.SubStatusCode));
        Assert.Contains(cosmos.Wire.Exchanges, exchange => exchange is { Method: "GET", Path: "/dbs/db/colls/ev" });
    }

    [Theory, OverBothTransports]
    public async Task A_token_of_another_range_demands_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using var client = cosmos.CreateClient(new TokenRewriter(cosmos.CreateTransport(), "7:-1#1000000"));

        var read = await client.GetContainer("db", "ev").ReadItemAsync<Item>("1", CosmosFixture.Key);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task A_read_that_settles_for_less_carries_no_token(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        await container.ReadItemAsync<Item>("1", CosmosFixture.Key, new ItemRequestOptions { ConsistencyLevel = ConsistencyLevel.Eventual });

        var request = cosmos.Wire.Items[^1].RequestHeaders;
        Assert.Equal("Eventual", request["x-ms-consistency-level"]);
        Assert.DoesNotContain("x-ms-session-token", request.Keys);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Consistency, "session tokens, also over a split")]
    public async Task After_a_split_the_parents_tokens_are_honoured_by_the_children(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        for (var i = 0; i < 10; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1"), CosmosFixture.KeyOf($"t{i}", "s1"));

        await cosmos.Account.SplitAsync("db", "ev", "0");
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, (await container.ReadItemAsync<Item>("1", CosmosFixture.KeyOf($"t{i}", "s1"))).StatusCode);
        for (var i = 0; i < 10; i++)
        {
            var written = await container.UpsertItemAsync(new Item("1", $"t{i}", "s1"), CosmosFixture.KeyOf($"t{i}", "s1"));
            Assert.True(Lsn(written.Headers.Session) > 10);
        }
    }

    private static long Lsn(string token) => long.Parse(token.Split('#')[1], System.Globalization.CultureInfo.InvariantCulture);

    private sealed class TokenRewriter(HttpMessageHandler transport, string token) : DelegatingHandler(transport)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove("x-ms-session-token");
            request.Headers.TryAddWithoutValidation("x-ms-session-token", token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
