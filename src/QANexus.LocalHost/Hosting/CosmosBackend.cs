using System.Net.Sockets;
using Azure.Identity;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalHost.Hosting;

/// <summary>What the store runs over: LocalCosmos in this process, or an endpoint elsewhere.</summary>
internal sealed class CosmosBackend : IAsyncDisposable
{
    private readonly LocalCosmosServer? server;

    static CosmosBackend() =>
        // The SDK would ask the cloud's metadata address, once a process, whether this machine is one of the cloud's.
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");

    private CosmosBackend(CosmosClient client, Uri address, LocalAccount? account, LocalCosmosServer? server)
    {
        (Client, Address, Account, this.server) = (client, address, account, server);
        InstanceName = account is null ? $"local-host-{Guid.CreateVersion7():N}" : "local-host";
    }

    public CosmosClient Client { get; }

    /// <summary>Where other programs find the same data.</summary>
    public Uri Address { get; }

    /// <summary>The account in this process; null where the endpoint is elsewhere.</summary>
    public LocalAccount? Account { get; }

    /// <summary>
    /// What this host calls itself where hosts share work. The one that has the data in its process is the only one of its kind, so it keeps its name and
    /// finds its leases again after a crash; any other must wait for them to expire.
    /// </summary>
    public string InstanceName { get; }

    /// <exception cref="LocalHostStartException">The data folder cannot be used, or the port cannot be had.</exception>
    public static Task<CosmosBackend> OpenAsync(LocalHostOptions options, CancellationToken cancellationToken) => options.CosmosEndpoint is { } endpoint
        ? Task.FromResult(Connect(endpoint, options.CosmosKey))
        : OpenLocalAsync(options, cancellationToken);

    /// <summary>The port is closed first, the data last: what was acknowledged is on the disk.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (Account is not null)
        {
            await Account.DisposeAsync();
        }
    }

    private static async Task<CosmosBackend> OpenLocalAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var account = OpenAccount(options);
        try
        {
            var listening = await account.ListenAsync(new LocalCosmosServerOptions { Port = options.CosmosPort }, cancellationToken);
            return new CosmosBackend(CreateInProcessClient(account), listening.Endpoint, account, listening);
        }
        catch (IOException failure)
        {
            await account.DisposeAsync();
            throw PortFailure.Explain(options.CosmosPort, "--cosmos-port", failure);
        }
        catch
        {
            await account.DisposeAsync();
            throw;
        }
    }

    private static LocalAccount OpenAccount(LocalHostOptions options)
    {
        try
        {
            return LocalAccount.Open(new LocalAccountOptions
            {
                InMemory = options.InMemory,
                DataDirectory = options.InMemory ? null : Path.GetFullPath(options.DataDirectory),
                ThrottlesByThroughput = options.Throughput is not null,
                DefaultThroughput = options.Throughput,
                HasControlApi = options.HasControlApi,
            });
        }
        catch (StoreException failure)
        {
            throw new LocalHostStartException($"{failure.Message.ReplaceLineEndings(" ")} Choose another folder with --data.", failure);
        }
    }

    private static CosmosClient CreateInProcessClient(LocalAccount account)
    {
        var handler = account.CreateHandler();
        return new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            CosmosClientTelemetryOptions = Traced(),
            HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        });
    }

    private static CosmosBackend Connect(Uri endpoint, string? key)
    {
        // Only the gateway speaks plain HTTP, and what listens on loopback is a gateway: LocalCosmos or the vendor's emulator.
        var isGateway = endpoint.IsLoopback || endpoint.Scheme == Uri.UriSchemeHttp;
        var options = new CosmosClientOptions
        {
            ConnectionMode = isGateway ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = endpoint.IsLoopback,
            CosmosClientTelemetryOptions = Traced(),
        };
        if (endpoint.IsLoopback)
        {
            options.HttpClientFactory = () => CreateClientOf(endpoint);
        }

        key ??= endpoint.IsLoopback ? WellKnownKey.Value : null;
        var account = (endpoint.IsLoopback ? new UriBuilder(endpoint) { Host = LocalAccount.Endpoint.Host }.Uri : endpoint).AbsoluteUri;
        var client = key is null ? new CosmosClient(account, new DefaultAzureCredential(), options) : new CosmosClient(account, key, options);
        return new CosmosBackend(client, endpoint, account: null, server: null);
    }

    private static CosmosClientTelemetryOptions Traced() => new() { DisableDistributedTracing = false };

    /// <summary>
    /// Whatever address a host reaches an account on this machine by, it calls it by the same name: the name is part of the ids of leases, and hosts
    /// that name it differently would not share them but each do everything.
    /// </summary>
    private static HttpClient CreateClientOf(Uri endpoint) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
