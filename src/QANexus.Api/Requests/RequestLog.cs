using Microsoft.Extensions.Logging;

namespace QANexus.Api.Requests;

/// <summary>The line that each request leaves in the log, 2200: what was done, not what was said. No id of a stream, an event or a person, no query, no body. Without a tenant, <c>-</c>.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(2200, LogLevel.Information, "{Operation} of {Tenant}: {Status} in {Milliseconds} ms for {RequestCharge} RU, request {TraceId}")]
    public static partial void Answered(
        ILogger logger, string operation, string tenant, int status, double milliseconds, double requestCharge, string traceId);
}
