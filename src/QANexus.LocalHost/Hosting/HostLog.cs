using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace QANexus.LocalHost.Hosting;

/// <summary>What the servers log: one line each on the standard error stream, as the standard output says where things are and nothing else.</summary>
internal static class HostLog
{
    /// <summary>These two log a failure to start that also reaches the caller, who says it in one line.</summary>
    private static readonly string[] StartFailures = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddHostLog(this ILoggingBuilder logging, LogLevel minimumLevel)
    {
        logging.AddFilter((category, level) => level >= minimumLevel && !StartFailures.Contains(category, StringComparer.Ordinal));
        logging.AddSimpleConsole(static options => options.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
