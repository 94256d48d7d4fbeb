namespace QANexus.LocalCosmos.Routing;

/// <summary>An answer that is an error of the protocol, from wherever in the handling it is found; the gateway turns it into the response.</summary>
internal sealed class RequestRefusedException(int statusCode, string reason, int subStatus = 0) : Exception(reason)
{
    public int StatusCode { get; } = statusCode;

    public int SubStatus { get; } = subStatus;

    public static RequestRefusedException BadRequest(string reason, int subStatus = 0) => new(400, reason, subStatus);

    /// <summary>A part of the service that this server does not speak: said, never guessed.</summary>
    public static RequestRefusedException Unsupported(string feature) => new(400, $"LocalCosmos does not support {feature}.");

    public static RequestRefusedException NotFound(string reason, int subStatus = 0) => new(404, reason, subStatus);

    public static RequestRefusedException Conflict(string reason) => new(409, reason);

    public static RequestRefusedException PreconditionFailed() =>
        new(412, "Operation cannot be performed because one of the specified precondition is not met.");
}
