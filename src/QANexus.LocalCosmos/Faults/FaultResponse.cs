using System.Globalization;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Faults;

/// <summary>What clients get of a fault.</summary>
internal static class FaultResponse
{
    public static GatewayResponse CutConnection() => new() { StatusCode = 503, Delivery = Delivery.CutBeforeAnswer };

    public static GatewayResponse CutBody(GatewayResponse response) => response.Body.IsEmpty
        ? CutConnection()
        : new GatewayResponse
        {
            StatusCode = response.StatusCode, Headers = response.Headers, Body = response.Body, Delivery = Delivery.CutMidBody,
        };

    public static GatewayResponse Of(StatusFault fault, GatewayRequest request)
    {
        var response = GatewayResponse.Error(fault.StatusCode, "Injected fault.", fault.SubStatus, request.Header(CosmosHeaders.ActivityId));
        if (fault.RetryAfter is { } wait)
            response.Headers[CosmosHeaders.RetryAfterMilliseconds] = ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return response;
    }
}
