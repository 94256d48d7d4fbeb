using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Faults;

namespace QANexus.EventStore.Cosmos.Tests.Documentation;

/// <summary>The guide's test of a store over LocalCosmos, which it shows to the letter.</summary>
public sealed class HostingGuideTests
{
    [Fact]
    public async Task The_sample_stores_an_append_once_though_its_answer_was_lost()
    {
        var cancellationToken = CancellationToken.None;
        // sample
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true });
        using var client = new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            HttpClientFactory = () => new HttpClient(account.CreateHandler()),
        });
        await CosmosSchema.CreateAsync(client, "qanexus", cancellationToken);

        var services = new ServiceCollection().AddLogging().AddSingleton(client);
        services.AddCosmosEventStore();
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IEventStore>().ForTenant(TenantId.Parse("acme"));

        account.Faults.Add(FaultRule.Parse("LostResponse requests=Batch times=1"));
        // end of sample
        Assert.Equal(new StreamPosition(1, 1), (await store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Event("A")), cancellationToken)).Position());
        Assert.Equal(new StreamPosition(1, 1), (await store.ReadAsync(Some.Stream, new StreamReadOptions(), cancellationToken)).Position);
    }
}
