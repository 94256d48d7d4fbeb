using Microsoft.Extensions.Logging;

namespace QANexus.Api.Health;

/// <summary>Log messages of the health endpoints, 2100 to 2199.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(2100, LogLevel.Warning, "The store is not ready")]
    public static partial void NotReady(ILogger logger, Exception exception);
}
