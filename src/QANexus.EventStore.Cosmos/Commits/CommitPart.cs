namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The place of a document in an append that needed more than one.</summary>
/// <param name="FirstCommit">The commit number of the append's first document, the one that has its commit id.</param>
/// <param name="Index">Which of its documents, from 0.</param>
/// <param name="Count">How many it has.</param>
internal readonly record struct CommitPart(long FirstCommit, int Index, int Count);
