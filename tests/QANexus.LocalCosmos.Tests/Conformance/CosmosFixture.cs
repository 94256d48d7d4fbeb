using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>An account of its own for every test, and the SDK's client to it over one of the two transports.</summary>
internal sealed class CosmosFixture : IAsyncDisposable
{
    public static readonly PartitionKey Key = KeyOf("t1", "s1");

    private readonly LocalCosmosServer? _server;
    private readonly List<IDisposable> _clients = [];
    private readonly ConcurrentQueue<Exception> _failures = new();

    private CosmosFixture(LocalAccount account, LocalCosmosServer? server)
    {
        Account = account;
        // A defect of the server must not pass for an expected refusal.
        account.UnhandledFailure += (_, failure) => _failures.Enqueue(failure.Failure);
        _server = server;
        Wire = new WireLog(CreateTransport());
        Client = CreateClient(Wire);
    }

    public LocalAccount Account { get; }

    public WireLog Wire { get; }

    public CosmosClient Client { get; }

    public ManualClock Clock { get; private init; } = null!;

    public Uri Endpoint => _server?.Endpoint ?? LocalAccount.Endpoint;

    public static async Task<CosmosFixture> OpenAsync(Transport transport)
    {
        var clock = new ManualClock();
        var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true, TimeProvider = clock });
        var server = transport == Transport.Port
            ? await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None)
            : null;
        return new CosmosFixture(account, server) { Clock = clock };
    }

    public static PartitionKey KeyOf(string tenant, string stream) => new PartitionKeyBuilder().Add(tenant).Add(stream).Build();

    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A second client, as another process would have.</summary>
    public CosmosClient CreateClient(Action<CosmosClientOptions>? configure = null, string key = WellKnownKey.Value) =>
        CreateClient(CreateTransport(), configure, key);

    /// <summary>A plain client without the SDK, to say what the SDK never would.</summary>
    public HttpClient CreateHttpClient()
    {
        var client = new HttpClient(CreateTransport()) { BaseAddress = Endpoint };
        _clients.Add(client);
        return client;
    }

    /// <summary>A container with the hierarchical key of the event store.</summary>
    public async Task<Container> CreateContainerAsync(Action<ContainerProperties>? configure = null, int? throughput = null)
    {
        Database database = await Client.CreateDatabaseIfNotExistsAsync("db");
        var properties = new ContainerProperties("ev", ["/tenantId", "/streamId"]);
        configure?.Invoke(properties);
        return await database.CreateContainerAsync(properties, throughput);
    }

    /// <summary>A container with one partition key path.</summary>
    public async Task<Container> CreateFlatContainerAsync(string path = "/pk", string name = "flat", int? throughput = null)
    {
        Database database = await Client.CreateDatabaseIfNotExistsAsync("db");
        return await database.CreateContainerAsync(new ContainerProperties(name, path), throughput);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        Wire.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        await Account.DisposeAsync();
        Assert.Empty(_failures);
    }

    /// <summary>A new way to the account, to be wrapped by a test.</summary>
    public HttpMessageHandler CreateTransport()
    {
        HttpMessageHandler transport = _server is null ? Account.CreateHandler() : new SocketsHttpHandler();
        _clients.Add(transport);
        return transport;
    }

    /// <summary>A client over a transport that the test has wrapped.</summary>
    public CosmosClient CreateClient(HttpMessageHandler transport, Action<CosmosClientOptions>? configure = null, string key = WellKnownKey.Value)
    {
        var options = new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            UseSystemTextJsonSerializerWithOptions = JsonSerializerOptions.Web,
            HttpClientFactory = () => new HttpClient(transport, disposeHandler: false),
        };
        configure?.Invoke(options);
        var client = new CosmosClient(Endpoint.AbsoluteUri, key, options);
        _clients.Add(client);
        return client;
    }
}
