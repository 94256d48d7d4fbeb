using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Stores;

/// <summary>One append, as it is kept.</summary>
internal sealed record InMemoryCommit(AppendRequest Request, AppendReceipt Receipt, IReadOnlyList<RecordedEvent> Events)
{
    public CommitId CommitId => Receipt.CommitId;

    public StreamPosition End => Receipt.Position;

    /// <summary>
    /// Whether <paramref name="other"/> asks for the same: what it expects of the stream and who asks is no part of that, and where the caller has a
    /// digest of its own, nothing else is.
    /// </summary>
    public bool IsRepeatedBy(AppendRequest other) => Request.Fingerprint is null && other.Fingerprint is null
        ? IsSameContent(other)
        : IsRepeatedBy(other.Fingerprint);

    public bool IsRepeatedBy(RequestFingerprint? fingerprint) => Request.Fingerprint == fingerprint;

    private bool IsSameContent(AppendRequest other) =>
        Request.Stream == other.Stream
        && Request.Events.SequenceEqual(other.Events)
        && (Request.Metadata with { Actor = null, TraceParent = null }) == (other.Metadata with { Actor = null, TraceParent = null });
}
