namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>A commit document about to be created.</summary>
internal sealed record CommitDraft(string Id, ArraySegment<byte> Body)
{
    /// <summary>The body to send, from its beginning.</summary>
    public MemoryStream OpenBody() => new(Body.Array!, Body.Offset, Body.Count, writable: false);
}
