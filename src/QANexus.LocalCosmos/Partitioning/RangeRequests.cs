using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>The feed of partition key ranges. Clients read it until it says 304, so the ETag is what ends their loop.</summary>
internal sealed class RangeRequests(AccountData account)
{
    public GatewayResponse Handle(GatewayRequest request, Route route)
    {
        if (request.Method != "GET")
            throw Route.MethodNotAllowed(request);
        var container = account.ContainerOfItems(route);
        var response = request.Header(CosmosHeaders.IfNoneMatch) == container.RangesETag
            ? GatewayResponse.Empty(304)
            : GatewayResponse.Json(200, JsonBody.WriteFeed(
                container.Rid.ToString(), "PartitionKeyRanges", container.Ranges,
                (writer, range) => range.WriteTo(writer, container.Rid, container.Timestamp)));
        response.Headers[CosmosHeaders.Etag] = container.RangesETag;
        response.Headers[CosmosHeaders.ItemCount] =
            (response.StatusCode == 304 ? 0 : container.Ranges.Length).ToString(CultureInfo.InvariantCulture);
        return response;
    }
}
