using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Tests.Packaging;

/// <summary>The README's samples; <see cref="ReadmeTests"/> compares the marked lines with it.</summary>
public sealed class ReadmeSampleTests
{
    [Fact]
    public async Task In_process_the_sample_works()
    {
        // in process:
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true });
        using var client = new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
            { ConnectionMode = ConnectionMode.Gateway, HttpClientFactory = () => new HttpClient(account.CreateHandler()) });
        Database database = await client.CreateDatabaseAsync("orders");
        // :in process

        Assert.Equal("orders", database.Id);
    }

    [Fact]
    public async Task On_a_port_and_with_faults_the_samples_work()
    {
        using var directory = new TempDirectory();
        var folder = directory.Path;
        var cancellationToken = CancellationToken.None;

        // on a port:
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = folder });
        await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, cancellationToken);
        using var client = new CosmosClient(server.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
            { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
        // :on a port

        Database database = await client.CreateDatabaseAsync("db");
        Container container = await database.CreateContainerAsync("orders", "/customer");

        // faults:
        using var fault = account.Faults.Add(new FaultRule
        {
            Fault = new StatusFault(429, SubStatus: 3200, RetryAfter: TimeSpan.FromMilliseconds(1)),
            Requests = [RequestKind.Create],
            Container = "orders",
            Times = 2,
        });
        // :faults

        var created = await container.CreateItemAsync(new { id = "1", customer = "c" }, new PartitionKey("c"));
        Assert.Equal((HttpStatusCode.Created, 2), (created.StatusCode, fault.Hits));
    }
}
