using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>What deliveries log.</summary>
internal static partial class SubscriptionLog
{
    [LoggerMessage(4001, LogLevel.Error, "Subscription {Subscription} was handed something unreadable, which is passed over: {Reason}")]
    public static partial void Unreadable(ILogger logger, SubscriptionName subscription, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Subscription {Subscription} was told of commit {Commit} of stream {Stream}, which does not exist")]
    public static partial void CommitMissing(ILogger logger, SubscriptionName subscription, StreamKey stream, long commit);

    [LoggerMessage(4003, LogLevel.Warning, "Handler {Handler} failed with version {Version} of stream {Stream} at attempt {Attempt}")]
    public static partial void HandlerFailed(
        ILogger logger, SubscriptionName handler, StreamId stream, long version, int attempt, Exception failure);

    [LoggerMessage(4004, LogLevel.Error, "Stream {Stream} of tenant {Tenant} is parked for {Handler} from commit {Commit} on")]
    public static partial void StreamParked(
        ILogger logger, SubscriptionName handler, TenantId tenant, StreamId stream, long commit, Exception failure);

    [LoggerMessage(4005, LogLevel.Warning, "The reconciler handed over {Count} commits that subscription {Subscription} had not handled")]
    public static partial void Reconciled(ILogger logger, SubscriptionName subscription, long count);

    [LoggerMessage(4006, LogLevel.Information, "The rebuild of view {View} of tenant {Tenant} is {State}: {Done} of {Total} commits")]
    public static partial void Rebuilding(ILogger logger, SubscriptionName view, TenantId tenant, string state, long done, long total);

    [LoggerMessage(4007, LogLevel.Warning, "No snapshot of stream {Stream} could be taken at commit {Commit}")]
    public static partial void SnapshotFailed(ILogger logger, StreamKey stream, long commit, Exception failure);

    [LoggerMessage(4008, LogLevel.Warning, "No handler of subscription {Subscription} takes events of type {EventType}, as there was one in stream {Stream}")]
    public static partial void NobodyTakes(ILogger logger, SubscriptionName subscription, EventType eventType, StreamKey stream);
}
