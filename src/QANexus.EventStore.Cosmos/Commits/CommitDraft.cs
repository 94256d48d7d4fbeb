namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>A commit document about to be created.</summary>
internal sealed record CommitDraft(string Id, byte[] Body);
