namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>A commit document as it is stored at this moment.</summary>
/// <param name="Json">Its text.</param>
/// <param name="ETag">What a replacement of exactly this text is conditional on.</param>
internal sealed record CommitDocument(ReadOnlyMemory<byte> Json, string ETag);
