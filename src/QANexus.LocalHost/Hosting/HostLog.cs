using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace QANexus.LocalHost.Hosting;

/// <summary>What the servers log: one line each on the standard error stream, as the standard output says where things are and nothing else.</summary>
internal static class HostLog
{
    public static void AddHostLog(this ILoggingBuilder logging, LogLevel minimumLevel)
    {
        logging.AddFilter<ConsoleLoggerProvider>((category, level) => level >= minimumLevel && !IsFailureToStart(category, level));
        logging.AddSimpleConsole(static options => options.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>So the host and the web server log that they could not start, which also reaches the caller, who says it in one line.</summary>
    private static bool IsFailureToStart(string? category, LogLevel level) => (category, level)
        is ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Error) or ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
}
