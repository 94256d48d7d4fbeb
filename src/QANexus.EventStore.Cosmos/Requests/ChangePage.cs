namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>A page of a change feed.</summary>
/// <param name="Body">The feed's JSON; empty where nothing has come yet.</param>
/// <param name="Continuation">Where the next page begins.</param>
internal readonly record struct ChangePage(ReadOnlyMemory<byte> Body, string Continuation)
{
    /// <summary>Nothing has been written since.</summary>
    public bool IsEmpty => Body.IsEmpty;
}
