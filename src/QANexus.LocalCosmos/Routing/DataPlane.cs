using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Batching;
using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.Routing;

/// <summary>Everything about items. A refusal is answered here, as it too brings the session token of the range that gave it.</summary>
internal sealed class DataPlane(AccountData account, SessionReads reads, FaultRules faults, ThroughputMeter? meter)
{
    // A request that is refused without touching a document costs as little as any.
    private const double RefusalCharge = 1;

    private readonly ItemRequests _items = new(account, reads);
    private readonly BatchRequests _batches = new(account);
    private readonly QueryRequests _queries = new(account, reads);
    private readonly ReadFeedRequests _readFeed = new(account, reads);
    private readonly ChangeFeedRequests _changeFeed = new(account, reads, faults);

    public async Task<GatewayResponse> HandleAsync(GatewayRequest request, Route route, CancellationToken cancellationToken)
    {
        // Plans are the gateway's work and cost no partition anything.
        if (meter is null || route.Kind == RequestKind.QueryPlan)
            return await CarryOutAsync(request, route, cancellationToken);
        var data = new DataRequest(request, route, account.ContainerOfItems(route), cancellationToken);
        var range = ServingRange(data);
        if (meter.TimeToWait(data.Container, range) is { } wait)
            return Throttle(data, range, wait);
        var response = await CarryOutAsync(request, route, cancellationToken);
        meter.Charge(data.Container, range, double.Parse(response.Headers[CosmosHeaders.RequestCharge], CultureInfo.InvariantCulture));
        return response;
    }

    private GatewayResponse Throttle(DataRequest data, PartitionKeyRange range, TimeSpan wait)
    {
        var lsn = account.Store.Read(connection => RangePosition.Read(connection, data.Container.Number, range.Id));
        var response = GatewayResponse
            .Error(429, "Request rate is large. More Request Units may be needed, so no changes were made.", SubStatusCodes.ThroughputExceeded, data.Header(CosmosHeaders.ActivityId))
            .WithItemHeaders(data.Container, range, lsn, charge: 0);
        response.Headers[CosmosHeaders.RetryAfterMilliseconds] = wait.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return response;
    }

    private async Task<GatewayResponse> CarryOutAsync(GatewayRequest request, Route route, CancellationToken cancellationToken)
    {
        while (true)
        {
            var data = new DataRequest(request, route, account.ContainerOfItems(route), cancellationToken);
            try
            {
                RequestOptions.RefuseUnsupported(request);
                return await DispatchAsync(data);
            }
            catch (RequestRefusedException refusal) when (refusal.StatusCode == 410 && IsAddressedByKey(request) && HasChanged(data))
            {
                // Split between being routed and being served. Clients that name a key do not know ranges, so they must not hear of it.
            }
            catch (RequestRefusedException refusal)
            {
                return Refuse(data, refusal);
            }
        }
    }

    private static bool IsAddressedByKey(GatewayRequest request) =>
        request.Header(CosmosHeaders.PartitionKeyRangeId) is null && request.Header(CosmosHeaders.PartitionKey) is not null;

    private bool HasChanged(DataRequest data) => !ReferenceEquals(account.ContainerOfItems(data.Route), data.Container);

    private Task<GatewayResponse> DispatchAsync(DataRequest data) => data.Route.Kind switch
    {
        RequestKind.Create => _items.WriteAsync(data, ItemOperationKind.Create),
        RequestKind.Upsert => _items.WriteAsync(data, ItemOperationKind.Upsert),
        RequestKind.Replace => _items.WriteAsync(data, ItemOperationKind.Replace),
        RequestKind.Delete => _items.WriteAsync(data, ItemOperationKind.Delete),
        RequestKind.Patch => _items.WriteAsync(data, ItemOperationKind.Patch),
        RequestKind.Read => Task.FromResult(_items.Read(data)),
        RequestKind.Batch => _batches.HandleAsync(data),
        RequestKind.Query => Task.FromResult(_queries.Execute(data)),
        RequestKind.QueryPlan => Task.FromResult(_queries.Plan(data)),
        RequestKind.ReadFeed => Task.FromResult(_readFeed.Handle(data)),
        RequestKind.ChangeFeed => Task.FromResult(_changeFeed.Handle(data)),
        _ => throw new InvalidOperationException($"{data.Route.Kind} is not about items."),
    };

    private GatewayResponse Refuse(DataRequest data, RequestRefusedException refusal)
    {
        var range = ServingRange(data);
        var lsn = account.Store.Read(connection => RangePosition.Read(connection, data.Container.Number, range.Id));
        return GatewayResponse.Error(refusal.StatusCode, refusal.Message, refusal.SubStatus, data.Header(CosmosHeaders.ActivityId))
            .WithItemHeaders(data.Container, range, lsn, RefusalCharge);
    }

    // The request may be refused because of what it says about its range, so this takes what it can get.
    private static PartitionKeyRange ServingRange(DataRequest data)
    {
        var container = data.Container;
        if (data.Header(CosmosHeaders.PartitionKeyRangeId) is { } id && container.FindRange(id) is { } named)
            return named;
        return data.Header(CosmosHeaders.PartitionKey) is { } json && PartitionKeyValue.TryParse(json, out var key) && IsComplete(key, container)
            ? container.RangeOf(EffectivePartitionKey.Of(key, container.Definition.PartitionKey.Kind))
            : container.Ranges[0];
    }

    private static bool IsComplete(PartitionKeyValue key, Container container) =>
        key.Components.Count == container.Definition.PartitionKey.Paths.Count;
}
