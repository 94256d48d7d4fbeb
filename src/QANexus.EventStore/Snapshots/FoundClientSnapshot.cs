namespace QANexus.EventStore.Snapshots;

/// <summary>The answer to a look for a client's snapshot.</summary>
/// <param name="Kept">The snapshot, or null where none is kept.</param>
/// <param name="RequestCharge">Request units spent.</param>
public readonly record struct FoundClientSnapshot(KeptSnapshot? Kept, double RequestCharge);
