using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>A decision not to write, before it is confirmed.</summary>
/// <param name="Stream">The stream that would have been written to.</param>
/// <param name="Seen">Its end as a read showed it, on which the decision rests.</param>
public sealed record Refusal(StreamId Stream, StreamPosition Seen)
{
    /// <summary>The request's key, if it came with one.</summary>
    public CommitId? CommitId { get; init; }

    /// <summary>The request's digest, which must come with a key.</summary>
    public RequestFingerprint? Fingerprint { get; init; }
}
