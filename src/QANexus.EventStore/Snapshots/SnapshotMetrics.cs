using System.Diagnostics.Metrics;
using QANexus.EventStore.Telemetry;

namespace QANexus.EventStore.Snapshots;

/// <summary>What happens to snapshots, counted.</summary>
internal static class SnapshotMetrics
{
    /// <summary>Snapshots that a load did not use, by <c>reason</c>.</summary>
    public static readonly Counter<long> Ignored =
        EventStoreMeter.Instance.CreateCounter<long>("qanexus.snapshots.ignored", "{snapshot}", "Snapshots that a load did not use.");

    /// <summary>Attempts to take a snapshot, by <c>outcome</c>.</summary>
    public static readonly Counter<long> Taken =
        EventStoreMeter.Instance.CreateCounter<long>("qanexus.snapshots.taken", "{snapshot}", "Attempts to take a snapshot.");
}
