using System.Globalization;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.Routing;

/// <summary>The headers that every answer about items carries, refusals included: clients take session tokens from those too.</summary>
internal static class ItemHeaders
{
    public static GatewayResponse WithItemHeaders(
        this GatewayResponse response, Container container, PartitionKeyRange range, long lsn, double charge)
    {
        response.Headers[CosmosHeaders.SessionToken] = SessionToken.Of(range, lsn);
        response.Headers[CosmosHeaders.RequestCharge] = RequestCharge.Format(charge);
        response.Headers[CosmosHeaders.PartitionKeyRangeId] = range.Name;
        response.Headers[CosmosHeaders.ContentPath] = container.Rid.ToString();
        response.Headers[CosmosHeaders.AltContentPath] = container.NamePath;
        response.Headers["lsn"] = lsn.ToString(CultureInfo.InvariantCulture);
        return response;
    }
}
