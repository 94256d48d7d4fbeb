namespace QANexus.EventStore.Subscriptions;

/// <summary>Where a commit is.</summary>
internal readonly record struct CommitAddress(StreamKey Stream, long Number);
