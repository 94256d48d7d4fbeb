using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items;

/// <summary>What became of an operation on an item: alone it is a response, in a batch one of the results.</summary>
internal sealed record ItemOutcome(int StatusCode, double Charge)
{
    public int SubStatus { get; init; }

    public string? ETag { get; init; }

    /// <summary>The document, or the error's JSON; empty where there is neither.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Status codes from 400 up.</summary>
    public bool IsRefused => StatusCode >= 400;

    public static ItemOutcome Refused(int statusCode, string reason, double charge, int subStatus = 0) =>
        new(statusCode, charge) { SubStatus = subStatus, Body = GatewayResponse.ErrorBody(statusCode, reason) };

    public static ItemOutcome Refused(RequestRefusedException refusal, double charge) =>
        Refused(refusal.StatusCode, refusal.Message, charge, refusal.SubStatus);

    public GatewayResponse ToResponse()
    {
        var response = Body.IsEmpty ? GatewayResponse.Empty(StatusCode) : GatewayResponse.Json(StatusCode, Body);
        if (ETag is not null)
            response.Headers[CosmosHeaders.Etag] = ETag;
        if (SubStatus != 0)
            response.Headers[CosmosHeaders.SubStatus] = SubStatus.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response;
    }
}
