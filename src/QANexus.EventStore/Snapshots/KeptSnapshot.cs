namespace QANexus.EventStore.Snapshots;

/// <summary>A client's snapshot as it is kept.</summary>
/// <param name="Snapshot">What the client sent.</param>
/// <param name="StoredAt">When it was kept, UTC.</param>
/// <param name="Digest">Tells its content from any other: the same for the same version, schema and state.</param>
public sealed record KeptSnapshot(ClientSnapshot Snapshot, DateTimeOffset StoredAt, string Digest);
