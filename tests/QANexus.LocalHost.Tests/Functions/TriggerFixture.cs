using System.Text;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalHost.Functions;

namespace QANexus.LocalHost.Tests.Functions;

/// <summary>An account with the containers of the store, and hosts of functions over it.</summary>
internal sealed class TriggerFixture : IAsyncDisposable
{
    public const string DatabaseName = "qanexus";

    /// <summary>The name of the host that a test does not name.</summary>
    public const string HostName = "host";

    private readonly LocalAccount account = LocalAccount.Open(new LocalAccountOptions { InMemory = true });
    private readonly CosmosClient client;
    private readonly List<(TriggerHost Host, ServiceProvider Services)> hosts = [];

    private TriggerFixture() => client = CreateClient(account);

    public LocalAccount Account => account;

    public Probe Probe { get; } = new();

    public ListLogger Log { get; } = new();

    /// <summary>Adds what the functions of the next host need beyond the probe.</summary>
    public Action<IServiceCollection> Services { get; set; } = static _ => { };

    public Database Database => client.GetDatabase(DatabaseName);

    public static async Task<TriggerFixture> OpenAsync()
    {
        var fixture = new TriggerFixture();
        await CosmosSchema.CreateAsync(fixture.client, DatabaseName, CancellationToken.None);
        return fixture;
    }

    public static CosmosClient CreateClient(LocalAccount account)
    {
        var handler = account.CreateHandler();
        return new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        });
    }

    /// <summary>The leases of a prefix: who has them, and how far they are.</summary>
    public static async Task<IReadOnlyList<LeaseDocument>> LeasesOfAsync(Container leases, string prefix)
    {
        using var pages = leases.GetItemQueryIterator<LeaseDocument>(
            new QueryDefinition("SELECT * FROM c WHERE STARTSWITH(c.id, @prefix)").WithParameter("@prefix", prefix));
        var found = new List<LeaseDocument>();
        while (pages.HasMoreResults)
        {
            found.AddRange((await pages.ReadNextAsync()).Where(static lease => lease.LeaseToken is not null));
        }

        return found;
    }

    public TriggerHost Start(params Type[] functions) => Start(HostName, TimeProvider.System, functions);

    public TriggerHost Start(TimeProvider time, params Type[] functions) => Start(HostName, time, functions);

    public TriggerHost Start(string instanceName, TimeProvider time, params Type[] functions)
    {
        var collection = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(Probe)
            .AddScoped<Scoped>()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        Services(collection);
        var services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var host = TriggerHost.Start(FunctionDiscovery.FindIn(functions), services, Database, instanceName);
        hosts.Add((host, services));
        return host;
    }

    /// <summary>Stops a host before the test ends.</summary>
    public async Task StopAsync(TriggerHost host)
    {
        var stopped = hosts.Single(known => known.Host == host);
        hosts.Remove(stopped);
        await host.DisposeAsync();
        await stopped.Services.DisposeAsync();
    }

    /// <summary>Stores a document as an append would, with members of a test's choice.</summary>
    public async Task WriteAsync(string id, string members = "", string stream = "s")
    {
        var body = $$"""{"id":"{{id}}","tenantId":"t","streamId":"{{stream}}","commitId":"{{stream}}-{{id}}"{{(members.Length == 0 ? "" : ",")}}{{members}}}""";
        using var response = await Database.GetContainer(ContainerNames.Events).CreateItemStreamAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(body)), new PartitionKeyBuilder().Add("t").Add(stream).Build());
        response.EnsureSuccessStatusCode();
    }

    public Task<IReadOnlyList<LeaseDocument>> LeasesOfAsync(string prefix) => LeasesOfAsync(Database.GetContainer(ContainerNames.Leases), prefix);

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, _) in hosts.ToList())
        {
            await StopAsync(host);
        }

        client.Dispose();
        await account.DisposeAsync();
    }

    /// <summary>Something of which each scope has its own.</summary>
    public sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}

/// <summary>A lease as the SDK's processor stores it.</summary>
internal sealed record LeaseDocument(string? LeaseToken, string? Owner, string? ContinuationToken);
