using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(3001, LogLevel.Error, "LocalCosmos failed and answered 500")]
    public static partial void LocalCosmosFailed(this ILogger logger, Exception failure);
}
