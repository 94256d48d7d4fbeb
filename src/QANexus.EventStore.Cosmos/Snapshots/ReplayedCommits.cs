using QANexus.EventStore.Cosmos.Commits;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>Consecutive commits up to the end of a stream.</summary>
/// <param name="Commits">Oldest first.</param>
/// <param name="SawRedactions">They show every redaction that was asked for.</param>
internal sealed record ReplayedCommits(IReadOnlyList<Commit> Commits, bool SawRedactions);
