using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Control;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Expiry;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;
using QANexus.LocalCosmos.Storage;
using QANexus.LocalCosmos.Time;

namespace QANexus.LocalCosmos;

/// <summary>
/// A Cosmos DB account on this machine. Clients reach it through <see cref="CreateHandler"/> in this process, or through a
/// <see cref="LocalCosmosServer"/> on a port. A write that was acknowledged is durable, unless the account is in memory.
/// </summary>
public sealed class LocalAccount : IGateway, IAsyncDisposable
{
    private readonly MasterKeySignature _signature;
    private readonly AccountRequests _account;
    private readonly AccountData _data;
    private readonly FaultInjection _injection;
    private readonly ControlRequests? _control;
    private readonly DatabaseRequests _databases;
    private readonly ContainerRequests _containers;
    private readonly RangeRequests _ranges;
    private readonly DataPlane _dataPlane;
    private readonly ExpirySweep _sweep;

    private LocalAccount(LocalAccountOptions options, Store store)
    {
        _signature = new MasterKeySignature(options.AccountKey);
        Clock = new AccountClock(options.TimeProvider, options.ClockStoppedAt);
        _account = new AccountRequests(options);
        _data = new AccountData(store, Clock);
        Faults = new FaultRules(_data);
        _injection = new FaultInjection(_data, Faults);
        _control = options.HasControlApi ? new ControlRequests(this) : null;
        _databases = new DatabaseRequests(_data);
        _containers = new ContainerRequests(_data);
        _ranges = new RangeRequests(_data);
        _dataPlane = new DataPlane(
            _data, new SessionReads(_data, Faults), Faults, options.ThrottlesByThroughput ? new ThroughputMeter(Clock, options.DefaultThroughput) : null);
        _sweep = new ExpirySweep(_data, failure => UnhandledFailure?.Invoke(this, new UnhandledFailureEventArgs(failure)));
    }

    /// <summary>
    /// Raised with every failure that is the server's own, a defect or a broken disk: it was answered with 500, or kept expired items from being removed.
    /// </summary>
    public event EventHandler<UnhandledFailureEventArgs>? UnhandledFailure;

    /// <summary>Address that clients with a handler from <see cref="CreateHandler"/> are given. Nothing listens there.</summary>
    public static Uri Endpoint { get; } = new("http://localhost/");

    /// <summary>Things that go wrong on purpose.</summary>
    public FaultRules Faults { get; }

    /// <summary>The account's clock, to be stopped, set and advanced.</summary>
    public AccountClock Clock { get; }

    /// <summary>Opens an account. Takes milliseconds whatever it holds: documents stay on the disk.</summary>
    /// <exception cref="StoreException">The data directory cannot be used; the message says why.</exception>
    /// <exception cref="ArgumentException">Neither a data directory nor memory, or both; a key that is not base64; or a throughput below 1.</exception>
    public static LocalAccount Open(LocalAccountOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.InMemory == options.DataDirectory is not null)
            throw new ArgumentException("An account is either in memory or in a data directory.", nameof(options));
        if (!Convert.TryFromBase64String(options.AccountKey, new byte[options.AccountKey.Length], out _))
            throw new ArgumentException("The account key is not base64.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DefaultThroughput ?? 1, 1, nameof(options));
        Store store = options.InMemory
            ? MemoryStore.Open()
            : DurableStore.Open(options.DataDirectory!, options.CheckOnOpen, connection => Verify(connection, options.CheckOnOpen));
        return new LocalAccount(options, store);
    }

    /// <summary>A handler that takes a client's requests to this account without a socket. Disposing it leaves the account open.</summary>
    public HttpMessageHandler CreateHandler() => new InProcessHandler(this, Endpoint);

    /// <summary>Serves the account on a port of the loopback address. Disposing the server leaves the account open.</summary>
    /// <exception cref="EndpointUnavailableException">The port is taken or may not be used.</exception>
    public Task<LocalCosmosServer> ListenAsync(LocalCosmosServerOptions options, CancellationToken cancellationToken) =>
        LocalCosmosServer.StartAsync(this, options, cancellationToken);

    /// <summary>
    /// Splits a physical partition in the middle of its hash space. Requests that name it get 410/1002 from now on, and clients find
    /// the two new ones by it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such database, container or partition key range.</exception>
    public Task SplitAsync(string database, string container, string partitionKeyRangeId) =>
        RangeSplit.ExecuteAsync(_data, database, container, partitionKeyRangeId);

    /// <summary>
    /// Splits a physical partition where its caller says, which may be inside what one value of a hierarchical key's first level holds, as it
    /// happens to large tenants.
    /// </summary>
    /// <param name="database">The container's database.</param>
    /// <param name="container">The container.</param>
    /// <param name="partitionKeyRangeId">The physical partition.</param>
    /// <param name="middle">The effective partition key that the second half begins with, in hexadecimal digits.</param>
    /// <exception cref="ArgumentException">
    /// There is no such database, container or partition key range, or <paramref name="middle"/> is not inside it.
    /// </exception>
    public Task SplitAsync(string database, string container, string partitionKeyRangeId, string middle) =>
        EffectivePartitionKey.TryParse(middle, out var at)
            ? RangeSplit.ExecuteAsync(_data, database, container, partitionKeyRangeId, at)
            : throw new ArgumentException($"'{middle}' is not an effective partition key.", nameof(middle));

    /// <summary>Ids of the physical partitions of a container, in the order of their hash ranges.</summary>
    /// <exception cref="ArgumentException">There is no such database or container.</exception>
    public IReadOnlyList<string> PartitionKeyRangeIds(string database, string container) =>
        [.. RangeSplit.Find(_data.Catalog, database, container).Ranges.Select(range => range.Name)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await _sweep.DisposeAsync();
        await _data.Store.DisposeAsync();
    }

    async ValueTask<GatewayResponse> IGateway.HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var activity = request.Header(CosmosHeaders.ActivityId);
        GatewayResponse response;
        try
        {
            response = await HandleAsync(request, cancellationToken);
        }
        catch (RequestRefusedException refusal)
        {
            response = GatewayResponse.Error(refusal.StatusCode, refusal.Message, refusal.SubStatus, activity);
        }
        catch (ObjectDisposedException)
        {
            response = GatewayResponse.Error(503, "The account is closed.", activityId: activity);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            UnhandledFailure?.Invoke(this, new UnhandledFailureEventArgs(failure));
            response = GatewayResponse.Error(500, $"The server failed: {failure.Message}", activityId: activity);
        }

        if (activity is not null)
            response.Headers[CosmosHeaders.ActivityId] = activity;
        response.Headers.TryAdd(CosmosHeaders.RequestCharge, RequestCharge.Format(1));
        return response;
    }

    private static void Verify(StoreConnection connection, bool isThorough)
    {
        var catalog = CatalogTables.Load(connection);
        if (isThorough)
            StoreCheck.RequireEveryRow(connection, catalog);
    }

    private async Task<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (_control is not null && ControlRequests.Concern(request))
            return await _control.HandleAsync(request);
        // Direct mode asks for addresses first, signed in a way of its own; that it is not supported is no secret.
        var asksForAddresses = request.Segments is ["addresses", ..];
        if (!asksForAddresses && !_signature.IsValid(request.Method, request.Segments, request.Header(CosmosHeaders.Date), request.Header(CosmosHeaders.Authorization)))
        {
            throw new RequestRefusedException(
                401, "The input authorization token can't serve the request. Check that the account key is the right one.");
        }

        var route = Route.Of(request);
        return await _injection.HandleAsync(request, route, () => RouteAsync(request, route, cancellationToken), cancellationToken);
    }

    private Task<GatewayResponse> RouteAsync(GatewayRequest request, Route route, CancellationToken cancellationToken) => route.Kind switch
    {
        RequestKind.Account => Task.FromResult(_account.Read(request)),
        RequestKind.Database => _databases.HandleAsync(request, route),
        RequestKind.Container => _containers.HandleAsync(request, route),
        RequestKind.PartitionKeyRanges => Task.FromResult(_ranges.Handle(request, route)),
        _ => _dataPlane.HandleAsync(request, route, cancellationToken),
    };
}
