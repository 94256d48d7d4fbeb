using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>Log messages about snapshots, 1000 to 1099. A state is never in one.</summary>
internal static partial class SnapshotLog
{
    /// <summary>Says and counts that a snapshot was passed over, and why.</summary>
    public static void Ignored(ILogger logger, StreamId stream, SnapshotFlaw flaw, string detail)
    {
        SnapshotMetrics.Ignored.Add(1, new KeyValuePair<string, object?>("reason", flaw.ToString()));
        if (flaw is SnapshotFlaw.StaleSchema)
        {
            Stale(logger, stream, detail);
        }
        else
        {
            Wrong(logger, stream, flaw, detail);
        }
    }

    [LoggerMessage(1000, LogLevel.Information, "The snapshot of stream {Stream} is not used: {Detail}")]
    private static partial void Stale(ILogger logger, StreamId stream, string detail);

    [LoggerMessage(1001, LogLevel.Warning, "The snapshot of stream {Stream} is not used, as it is {Flaw}: {Detail}")]
    private static partial void Wrong(ILogger logger, StreamId stream, SnapshotFlaw flaw, string detail);

    [LoggerMessage(1002, LogLevel.Warning, "The snapshot of stream {Stream} is not kept: its document would have {Bytes} bytes, and {MaxBytes} is the most")]
    public static partial void TooLarge(ILogger logger, StreamId stream, long bytes, long maxBytes);

    [LoggerMessage(1003, LogLevel.Warning, "The snapshot of stream {Stream} could not be written")]
    public static partial void NotWritten(ILogger logger, StreamId stream, Exception failure);
}
