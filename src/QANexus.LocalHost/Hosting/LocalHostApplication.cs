using Azure.Identity;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.Api;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos;
using QANexus.LocalHost.Authentication;

namespace QANexus.LocalHost.Hosting;

/// <summary>Everything on one machine, running: the function methods over HTTP, the event store, and LocalCosmos below it.</summary>
public sealed class LocalHostApplication : IAsyncDisposable
{
    private readonly CosmosBackend cosmos;
    private readonly ApiServer api;

    private LocalHostApplication(CosmosBackend cosmos, ApiServer api) => (this.cosmos, this.api) = (cosmos, api);

    /// <summary>Where the API listens; its routes begin with <c>/api</c>.</summary>
    public Uri ApiAddress => api.Address;

    /// <summary>Where Cosmos DB's protocol is spoken: LocalCosmos's port, or the endpoint given.</summary>
    public Uri CosmosAddress => cosmos.Address;

    /// <summary>The account of LocalCosmos, for what a test wants to go wrong; null over another endpoint.</summary>
    public LocalAccount? Account => cosmos.Account;

    /// <summary>Starts everything, or nothing.</summary>
    /// <exception cref="LocalHostStartException">Something in the surroundings prevents it; the message is one line that says what.</exception>
    public static async Task<LocalHostApplication> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var backend = await CosmosBackend.OpenAsync(options, cancellationToken);
        try
        {
            await CreateContainersAsync(backend, cancellationToken);
            var tokens = DevelopmentTokens.Open(options);
            var server = await ApiServer.StartAsync(
                options.Port, typeof(LocalHostApplication).Assembly.GetTypes(), services => Configure(services, backend, tokens), options.MinimumLogLevel,
                cancellationToken);
            Watch(backend, server.Services);
            return new LocalHostApplication(backend, server);
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops from the outside in: requests under way finish within their time, then the data is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await cosmos.DisposeAsync();
    }

    private static void Configure(IServiceCollection services, CosmosBackend cosmos, DevelopmentTokens tokens)
    {
        services.AddSingleton(cosmos.Client);
        services.AddCosmosEventStore();
        services.AddQANexusApi().AddDevelopmentAuthentication().AddBearerAuthentication(tokens.Configure);
    }

    private static async Task CreateContainersAsync(CosmosBackend cosmos, CancellationToken cancellationToken)
    {
        try
        {
            await CosmosSchema.CreateAsync(cosmos.Client, new CosmosEventStoreOptions().DatabaseName, cancellationToken);
        }
        catch (CosmosException failure)
        {
            throw new LocalHostStartException(
                $"Cosmos DB at {cosmos.Address} answers {(int)failure.StatusCode} when asked for the containers; check the endpoint and its key.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or AuthenticationFailedException)
        {
            throw new LocalHostStartException($"Cosmos DB at {cosmos.Address} cannot be used: {FirstLine(failure.Message)}", failure);
        }
    }

    private static void Watch(CosmosBackend cosmos, IServiceProvider services)
    {
        if (cosmos.Account is { } account)
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<LocalHostApplication>();
            account.UnhandledFailure += (_, failed) => logger.LocalCosmosFailed(failed.Failure);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
