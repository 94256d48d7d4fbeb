namespace QANexus.EventStore.Snapshots;

/// <summary>What became of a client's snapshot. Whatever is not <see cref="Kept"/> wrote nothing.</summary>
/// <param name="RequestCharge">Request units spent.</param>
public abstract record KeepSnapshotResult(double RequestCharge)
{
    /// <summary>It is kept in place of the one before.</summary>
    /// <param name="Snapshot">As it is kept.</param>
    /// <param name="IsFirst">There was none before.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Kept(KeptSnapshot Snapshot, bool IsFirst, double RequestCharge) : KeepSnapshotResult(RequestCharge);

    /// <summary>The stream has no events.</summary>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record NoStream(double RequestCharge) : KeepSnapshotResult(RequestCharge);

    /// <summary>It is of a version that the stream does not have.</summary>
    /// <param name="LastVersion">The stream's last.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record BeyondEnd(long LastVersion, double RequestCharge) : KeepSnapshotResult(RequestCharge);

    /// <summary>One of a later version is kept.</summary>
    /// <param name="KeptVersion">Its version.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Older(long KeptVersion, double RequestCharge) : KeepSnapshotResult(RequestCharge);
}
