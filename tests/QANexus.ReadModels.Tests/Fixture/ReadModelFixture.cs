using System.Globalization;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Privacy;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalCosmos;

namespace QANexus.ReadModels.Tests.Fixture;

/// <summary>A Cosmos account of its own, with the read models over it. The change feed is read and delivered when a test says so.</summary>
public sealed class ReadModelFixture : IAsyncDisposable
{
    private readonly LocalAccount account = LocalAccount.Open(new LocalAccountOptions { InMemory = true });
    private readonly CosmosClient client;
    private readonly List<ServiceProvider> processes = [];
    private readonly Action<IServiceCollection> configure;

    private ReadModelFixture(Action<IServiceCollection> configure)
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        this.configure = configure;
        client = new CosmosClient(LocalAccount.Endpoint.ToString(), new LocalAccountOptions().AccountKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            MaxRetryAttemptsOnRateLimitedRequests = 0,
            HttpClientFactory = () => new HttpClient(account.CreateHandler(), disposeHandler: true),
        });
        Start();
    }

    public static TenantId Tenant { get; } = TenantId.Parse("acme");

    public LocalAccount Account => account;

    public ITenantEventStore Store => Get<IEventStore>().ForTenant(Tenant);

    public IViewReader Views => Get<IViewReader>();

    public static async Task<ReadModelFixture> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var fixture = new ReadModelFixture(configure ?? (static _ => { }));
        await CosmosSchema.CreateAsync(fixture.client, "qanexus", CancellationToken.None);
        return fixture;
    }

    /// <summary>A process with a memory of its own takes over.</summary>
    public void Start() => processes.Add(Build());

    public T Get<T>()
        where T : notnull => processes[^1].GetRequiredService<T>();

    public async Task<StreamPosition> AppendAsync(string stream, params (string Type, string At)[] events)
    {
        var result = await Store.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse(stream),
                Events =
                [
                    .. events.Select(static e => new NewEvent
                    {
                        Type = EventType.Parse(e.Type),
                        Data = JsonObjectText.Parse("""{"n":1.10}"""),
                        OccurredAt = DateTimeOffset.Parse(e.At, CultureInfo.InvariantCulture),
                    }),
                ],
                Metadata = new AppendMetadata { Actor = "ada" },
            },
            CancellationToken.None);
        return Assert.IsType<AppendResult.Appended>(result).Receipt.Position;
    }

    /// <summary>Hands the whole change feed to both groups, as triggers that start from the beginning do.</summary>
    public async Task DeliverAsync()
    {
        foreach (var batch in await ReadFeedAsync())
        {
            await Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Views, batch, CancellationToken.None);
            await Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);
        }
    }

    public async Task<IReadOnlyList<string>> ReadFeedAsync(int pageSize = 40)
    {
        var batches = new List<string>();
        var iterator = client.GetContainer("qanexus", ContainerNames.Events).GetChangeFeedIterator<Newtonsoft.Json.Linq.JObject>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
        while (iterator.HasMoreResults)
        {
            var page = await iterator.ReadNextAsync();
            if (page.StatusCode is System.Net.HttpStatusCode.NotModified)
            {
                break;
            }

            batches.Add(Newtonsoft.Json.JsonConvert.SerializeObject(page));
        }

        return batches;
    }

    /// <summary>Says that a trigger has handed over the whole feed up to a sequence number.</summary>
    public Task LeaseAsync(SubscriptionName group, long sequence) => client.GetContainer("qanexus", ContainerNames.Leases).UpsertItemAsync(new
    {
        id = $"{group}localhost..0",
        FeedRange = new { Range = new { min = string.Empty, max = "FF" } },
        ContinuationToken = string.Create(CultureInfo.InvariantCulture, $"\"{sequence}\""),
    });

    /// <summary>How many documents of views there are under a storage key, checkpoints included.</summary>
    public async Task<int> CountAsync(string view)
    {
        var key = new PartitionKeyBuilder().Add(Tenant.StorageKey).Add(view).Build();
        using var iterator = client.GetContainer("qanexus", ContainerNames.Views).GetItemQueryIterator<int>(
            "SELECT VALUE COUNT(1) FROM c", requestOptions: new QueryRequestOptions { PartitionKey = key });
        return (await iterator.ReadNextAsync()).Single();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        client.Dispose();
        await account.DisposeAsync();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection().AddSingleton(client).AddLogging();
        services.AddCosmosEventStore(static options => options.FirstBackoff = TimeSpan.FromMilliseconds(2));
        services.AddReadModels();
        services.AddCosmosEventRedaction(redaction => redaction.Connect = _ => client);
        services.AddCosmosSubscriptions(static options =>
        {
            (options.FirstBackoff, options.MaxBackoff) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
            (options.VersionTrust, options.OldVersionGrace, options.ReconcileDelay) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        });
        configure(services);
        return services.BuildServiceProvider();
    }
}
