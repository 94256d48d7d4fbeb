using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.Testing.RequestUnits;

namespace QANexus.Benchmarks.Store;

/// <summary>
/// The event store beside the bare SDK that does the same item operations with the same documents, on LocalCosmos in this process and in memory, so
/// that CPU time and allocations are the whole of it. What the SDK does is the floor; both include the server.
/// </summary>
[MemoryDiagnoser]
public abstract class StoreBenchmark : IAsyncDisposable
{
    private LocalAccount account = null!;
    private HttpMessageHandler handler = null!;
    private CosmosClient client = null!;
    private ServiceProvider services = null!;

    private protected static TenantId Tenant { get; } = TenantId.Parse("t1");

    private protected Container Events { get; private set; } = null!;

    private protected ITenantEventStore Store { get; private set; } = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var options = new LocalAccountOptions { InMemory = true };
        account = LocalAccount.Open(options);
        handler = account.CreateHandler();
        client = new CosmosClient(LocalAccount.Endpoint.ToString(), options.AccountKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        });
        var database = new CosmosEventStoreOptions().DatabaseName;
        await CosmosSchema.CreateAsync(client, database, CancellationToken.None);
        Events = client.GetContainer(database, ContainerNames.Events);
        services = new ServiceCollection().AddSingleton(client).AddCosmosEventStore().Services.BuildServiceProvider();
        Store = services.GetRequiredService<IEventStore>().ForTenant(Tenant);
        await FillAsync();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await services.DisposeAsync();
        client.Dispose();
        handler.Dispose();
        await account.DisposeAsync();
    }

    /// <summary>Stores what is to be read.</summary>
    protected abstract Task FillAsync();

    private protected static PartitionKey Partition(StreamId stream) => new PartitionKeyBuilder().Add(Tenant.Value).Add(stream.ToString()).Build();

    /// <summary>Appends at the position given, and says where the stream ends now.</summary>
    private protected async Task<StreamPosition> AppendAsync(StreamId stream, StreamPosition at, IReadOnlyList<NewEvent> events)
    {
        var request = new AppendRequest { Stream = stream, Events = events, Expected = ExpectedPosition.At(at) };
        return await Store.AppendAsync(request, CancellationToken.None) is AppendResult.Appended appended
            ? appended.Receipt.Position
            : throw new InvalidOperationException("The append did not go in.");
    }

    /// <summary>The stored text of a commit of the stream.</summary>
    private protected async Task<string> ReadDocumentAsync(StreamId stream, long commit)
    {
        using var response = await Events.ReadItemStreamAsync(commit.ToString("0000000000", CultureInfo.InvariantCulture), Partition(stream));
        using var reader = new StreamReader(response.Content, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private protected static IReadOnlyList<NewEvent> Of(int events) => MeasuredEvents.Analyses(events);
}
