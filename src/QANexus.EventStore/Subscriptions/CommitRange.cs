namespace QANexus.EventStore.Subscriptions;

/// <summary>A page of a stream's commits of interest.</summary>
/// <param name="Commits">In order.</param>
/// <param name="UpTo">No commit of interest up to this one is missing.</param>
internal sealed record CommitRange(IReadOnlyList<StoredCommit> Commits, long UpTo);
