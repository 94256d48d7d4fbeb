using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class AccountTests
{
    [Theory, OverBothTransports]
    public async Task The_account_names_itself_by_the_address_that_the_client_used(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);

        var account = await cosmos.Client.ReadAccountAsync();

        Assert.Equal(ConsistencyLevel.Session, account.Consistency.DefaultConsistencyLevel);
        Assert.Equal(cosmos.Endpoint, new Uri(Assert.Single(account.WritableRegions).Endpoint));
        Assert.Equal(cosmos.Endpoint, new Uri(Assert.Single(account.ReadableRegions).Endpoint));
    }

    [Theory, OverBothTransports]
    public async Task A_client_that_follows_the_accounts_regions_ends_up_at_the_same_place(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var container = cosmos.CreateClient(options => options.LimitToEndpoint = false).GetContainer("db", "ev");

        var created = await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Account, "master-key authorization of every request")]
    public async Task A_client_with_another_key_is_unauthorized(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var stranger = cosmos.CreateClient(key: Convert.ToBase64String(new byte[64]));

        var exception = await Assert.ThrowsAsync<CosmosException>(() => stranger.GetContainer("db", "ev").ReadContainerAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Account, "master-key authorization of every request")]
    public async Task A_request_without_signature_is_unauthorized_whatever_it_asks_for(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var client = cosmos.CreateHttpClient();

        foreach (var path in new[] { "", "dbs", "dbs/db", "dbs/db/colls/ev", "dbs/db/colls/ev/docs/1", "dbs/none", "nonsense" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("\"code\":\"Unauthorized\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, OverBothTransports]
    [Proves(Area.RefusedByName, "direct mode")]
    public async Task Direct_mode_is_refused_by_name(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var direct = cosmos.CreateClient(options => options.ConnectionMode = ConnectionMode.Direct);

        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => direct.GetContainer("db", "ev").ReadItemAsync<Item>("1", CosmosFixture.Key));

        Assert.Contains("ConnectionMode.Gateway", exception.Message, StringComparison.Ordinal);
    }
}
