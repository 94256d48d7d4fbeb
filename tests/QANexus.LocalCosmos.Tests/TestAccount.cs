using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.LocalCosmos.Tests;

/// <summary>Where the account keeps its data and how the client reaches it.</summary>
public enum Setting
{
    InMemory,
    Durable,
    DurableOnPort,
}

/// <summary>An account with a real client, and what a test leaves behind cleaned away.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private readonly List<CosmosClient> _clients = [];
    private readonly LocalCosmosServer? _server;
    private readonly TempDirectory? _directory;

    private TestAccount(LocalAccount account, LocalCosmosServer? server, TempDirectory? directory)
    {
        Account = account;
        _server = server;
        _directory = directory;
        // A defect of the server must not pass for an expected refusal.
        account.UnhandledFailure += (_, failure) => Failures.Enqueue(failure.Failure);
        Client = CreateClient();
    }

    public System.Collections.Concurrent.ConcurrentQueue<Exception> Failures { get; } = [];

    public LocalAccount Account { get; }

    public CosmosClient Client { get; }

    public static async Task<TestAccount> OpenAsync(
        Setting setting = Setting.InMemory, TimeProvider? time = null, Func<LocalAccountOptions, LocalAccountOptions>? configure = null)
    {
        var directory = setting == Setting.InMemory ? null : new TempDirectory();
        var options = new LocalAccountOptions
        {
            InMemory = directory is null,
            DataDirectory = directory?.Path,
            TimeProvider = time ?? TimeProvider.System,
        };
        var account = LocalAccount.Open(configure?.Invoke(options) ?? options);
        var server = setting == Setting.DurableOnPort
            ? await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None)
            : null;
        return new TestAccount(account, server, directory);
    }

    public CosmosClient CreateClient(Action<CosmosClientOptions>? configure = null)
    {
        var options = new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            UseSystemTextJsonSerializerWithOptions = JsonSerializerOptions.Web,
            // Tests of refusals want them at once.
            MaxRetryAttemptsOnRateLimitedRequests = 0,
        };
        if (_server is null)
            options.HttpClientFactory = () => new HttpClient(Account.CreateHandler());
        configure?.Invoke(options);
        var client = new CosmosClient((_server?.Endpoint ?? LocalAccount.Endpoint).AbsoluteUri, WellKnownKey.Value, options);
        _clients.Add(client);
        return client;
    }

    /// <summary>A container keyed by tenant and stream, as the event store has.</summary>
    public Task<Container> CreateStreamsAsync(Action<ContainerProperties>? configure = null, int? throughput = null) =>
        CreateContainerAsync(new ContainerProperties("streams", ["/tenant", "/stream"]), configure, throughput);

    public Task<Container> CreateFlatAsync(Action<ContainerProperties>? configure = null, int? throughput = null) =>
        CreateContainerAsync(new ContainerProperties("flat", "/pk"), configure, throughput);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        await Account.DisposeAsync();
        _directory?.Dispose();
        Assert.Empty(Failures);
    }

    private async Task<Container> CreateContainerAsync(ContainerProperties properties, Action<ContainerProperties>? configure, int? throughput)
    {
        configure?.Invoke(properties);
        Database database = await Client.CreateDatabaseIfNotExistsAsync("db");
        return await database.CreateContainerAsync(properties, throughput);
    }

    public static Stream Json(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));
}
