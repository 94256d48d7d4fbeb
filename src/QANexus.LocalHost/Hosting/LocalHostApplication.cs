using Azure.Identity;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.Api;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Accounts;
using QANexus.EventStore.Cosmos.Clearing;
using QANexus.EventStore.Cosmos.Privacy;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Failures;
using QANexus.LocalCosmos;
using QANexus.LocalHost.Authentication;
using QANexus.LocalHost.Functions;
using QANexus.ReadModels;

namespace QANexus.LocalHost.Hosting;

/// <summary>
/// Everything on one machine, running: the function methods over HTTP and on the change feed and the clock, the event store, and LocalCosmos below it.
/// </summary>
public sealed class LocalHostApplication : IAsyncDisposable
{
    private readonly CosmosBackend cosmos;
    private readonly ApiServer api;
    private readonly TriggerHost triggers;

    private LocalHostApplication(CosmosBackend cosmos, ApiServer api, TriggerHost triggers) =>
        (this.cosmos, this.api, this.triggers) = (cosmos, api, triggers);

    /// <summary>Where the API listens; its routes begin with <c>/api</c>.</summary>
    public Uri ApiAddress => api.Address;

    /// <summary>Where Cosmos DB's protocol is spoken: LocalCosmos's port, or the endpoint given.</summary>
    public Uri CosmosAddress => cosmos.Address;

    /// <summary>The account of LocalCosmos, for what a test wants to go wrong; null over another endpoint.</summary>
    public LocalAccount? Account => cosmos.Account;

    /// <summary>Starts everything, or nothing.</summary>
    /// <exception cref="LocalHostStartException">Something in the surroundings prevents it; the message is one line that says what.</exception>
    public static Task<LocalHostApplication> StartAsync(LocalHostOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, typeof(LocalHostApplication).Assembly.GetTypes(), static _ => { }, cancellationToken);

    /// <inheritdoc cref="StartAsync(LocalHostOptions, CancellationToken)"/>
    /// <param name="options">How it runs.</param>
    /// <param name="functionTypes">Where to look for functions.</param>
    /// <param name="configureServices">Adds what they need beyond what the deployed ones do.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    internal static async Task<LocalHostApplication> StartAsync(
        LocalHostOptions options, IEnumerable<Type> functionTypes, Action<IServiceCollection> configureServices, CancellationToken cancellationToken)
    {
        var store = new OpeningStore();
        var opening = Task.Run(() => OpenAsync(options, cancellationToken), CancellationToken.None);
        ApiServer? server = null;
        try
        {
            var functions = FunctionDiscovery.FindIn(functionTypes);
            server = ApiServer.Create(
                options.Port, functions.Http, options.Telemetry, services => Configure(services, store, options, configureServices), options.MinimumLogLevel);
            var backend = await opening;
            store.Open(backend, DevelopmentTokens.Open(options));
            await server.StartAsync(cancellationToken);
            Watch(backend, server.Services);
            // After the API listens: whoever waits for an answer does not wait for the change feed.
            return new LocalHostApplication(
                backend, server, TriggerHost.Start(functions, server.Services, backend.Client.GetDatabase(DatabaseName), backend.InstanceName));
        }
        catch (InvalidEventCatalogException invalid)
        {
            await CloseAsync(server, opening);
            throw new LocalHostStartException(invalid.Message, invalid);
        }
        catch
        {
            await CloseAsync(server, opening);
            throw;
        }
    }

    /// <summary>Stops from the outside in: leases are given back, requests under way finish within their time, then the data is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await triggers.DisposeAsync();
        await api.DisposeAsync();
        await cosmos.DisposeAsync();
    }

    private static string DatabaseName => new CosmosEventStoreOptions().DatabaseName;

    private static void Configure(
        IServiceCollection services, OpeningStore store, LocalHostOptions options, Action<IServiceCollection> configureServices)
    {
        StoreServices.Add(services, () => store.Client, options);
        services.AddCosmosSubscriptions();
        services.AddReadModels();
        services.Configure(options.ConfigurePolicies);
        services.AddCosmosEventRedaction(redaction => redaction.Connect = _ => store.Client);
        if (options.EnableClear)
        {
            services.AddCosmosTenantClear(clear => clear.Connect = _ => store.Client);
        }

        services.AddQANexusApi().AddDevelopmentAuthentication().AddBearerAuthentication(bearer => store.Tokens.Configure(bearer));
        configureServices(services);
    }

    private static async Task<CosmosBackend> OpenAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var backend = await CosmosBackend.OpenAsync(options, cancellationToken);
        try
        {
            await PrepareAsync(backend, options, cancellationToken);
            AddFaults(backend, options);
            return backend;
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <summary>After a start that failed.</summary>
    private static async Task CloseAsync(ApiServer? server, Task<CosmosBackend> opening)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await (await opening).DisposeAsync();
        }
    }

    private static async Task PrepareAsync(CosmosBackend cosmos, LocalHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            // Whatever runs on this host is development: its data may be in memory.
            await AccountCheck.RunAsync(cosmos.Client, allowVolatile: true, cancellationToken);
            var cleared = options.EnableClear ? Task.FromResult(false) : TenantGenerations.ExistAsync(cosmos.Client, DatabaseName, cancellationToken);
            await Task.WhenAll(CosmosSchema.CreateAsync(cosmos.Client, DatabaseName, cancellationToken), cleared);
            if (await cleared)
            {
                throw new LocalHostStartException(
                    "Tenants of this data have been cleared, so that only a host that can clear finds what they have now: start with --enable-clear.");
            }
        }
        catch (UnfitAccountException unfit)
        {
            throw new LocalHostStartException(unfit.Message, unfit);
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

    private static void AddFaults(CosmosBackend cosmos, LocalHostOptions options)
    {
        foreach (var rule in options.Faults)
        {
            try
            {
                cosmos.Account!.Faults.Add(rule);
            }
            catch (NotSupportedException unsupported)
            {
                throw new LocalHostStartException($"The fault '{rule}' cannot be had: {unsupported.Message}", unsupported);
            }
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
