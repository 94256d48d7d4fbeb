namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>A document as it is stored at this moment.</summary>
/// <param name="Json">Its text.</param>
/// <param name="ETag">What a replacement of exactly this text is conditional on.</param>
internal sealed record StoredDocument(ReadOnlyMemory<byte> Json, string ETag);
