namespace QANexus.EventStore.Snapshots;

/// <summary>What became of writing a snapshot.</summary>
/// <param name="Outcome">Whether it is written.</param>
/// <param name="RequestCharge">Request units spent.</param>
internal readonly record struct SnapshotWrite(SnapshotOutcome Outcome, double RequestCharge);
