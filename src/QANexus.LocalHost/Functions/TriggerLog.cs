using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Functions;

/// <summary>What happens to functions in the background. What a function was called with is never logged.</summary>
internal static partial class TriggerLog
{
    [LoggerMessage(3101, LogLevel.Warning, "Function {Function} failed and is called again after {Delay} (retry {Retry})")]
    public static partial void FunctionFailed(this ILogger logger, string function, int retry, TimeSpan delay, Exception failure);

    [LoggerMessage(3102, LogLevel.Error, "Function {Function} failed for the last time: {Count} changes of lease {Lease} are lost to it")]
    public static partial void ChangesLost(this ILogger logger, string function, int count, string lease, Exception failure);

    [LoggerMessage(3103, LogLevel.Error, "Function {Function} failed for the last time before its next turn")]
    public static partial void TurnFailed(this ILogger logger, string function, Exception failure);

    [LoggerMessage(3104, LogLevel.Warning, "The change feed of function {Function} does not start; it is tried again")]
    public static partial void FeedNotStarted(this ILogger logger, string function, Exception failure);

    [LoggerMessage(3105, LogLevel.Information, "Function {Function} takes changes of lease {Lease}")]
    public static partial void LeaseAcquired(this ILogger logger, string function, string lease);

    [LoggerMessage(3106, LogLevel.Information, "Function {Function} takes no more changes of lease {Lease}")]
    public static partial void LeaseReleased(this ILogger logger, string function, string lease);

    [LoggerMessage(3107, LogLevel.Information, "Lease {Lease} of function {Function} went to another host")]
    public static partial void LeaseLost(this ILogger logger, string function, string lease);

    [LoggerMessage(3108, LogLevel.Warning, "Cosmos DB answers {Status} about lease {Lease} of function {Function}; it is asked again")]
    public static partial void FeedUnavailable(this ILogger logger, string function, string lease, int status);

    [LoggerMessage(3109, LogLevel.Error, "The changes of lease {Lease} do not reach function {Function}; they are read again")]
    public static partial void FeedFailed(this ILogger logger, string function, string lease, Exception failure);

    [LoggerMessage(3110, LogLevel.Warning, "What the timer of function {Function} has done is not on record, so a turn missed during a restart stays missed")]
    public static partial void TurnNotRecorded(this ILogger logger, string function, Exception failure);

    [LoggerMessage(3111, LogLevel.Warning, "Function {Function} did not stop in time and is left behind")]
    public static partial void NotStopped(this ILogger logger, string function);

    [LoggerMessage(3112, LogLevel.Error, "What calls function {Function} has failed, and begins again")]
    public static partial void ListenerFailed(this ILogger logger, string function, Exception failure);
}
