using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>One append on its way: everything about it that stays the same from attempt to attempt.</summary>
internal sealed class PendingAppend
{
    private readonly CommitWriter writer;
    private readonly List<CommitId> commitIds;

    public PendingAppend(TenantId tenant, AppendRequest request, EventCatalog catalog, DateTimeOffset now)
    {
        Request = request;
        StoredAt = now;
        Fingerprint = request.Fingerprint ?? Appending.Fingerprint.Of(request);
        var derived = request.CommitId is null && request.Events.All(static e => e.Id is not null);
        IsKeyed = request.CommitId is not null || derived;
        CommitId = request.CommitId ?? (derived ? Appending.Fingerprint.DeriveCommitId(request.Events) : NewCommitId());
        writer = new CommitWriter(tenant, request, catalog, Fingerprint.Value, now);
        commitIds = [CommitId, .. Enumerable.Range(1, writer.Count - 1).Select(static _ => NewCommitId())];
    }

    public AppendRequest Request { get; }

    public StreamId Stream => Request.Stream;

    public DateTimeOffset StoredAt { get; }

    public CommitId CommitId { get; }

    /// <summary>The key came from outside, so that an earlier call may have stored it already.</summary>
    public bool IsKeyed { get; }

    public RequestFingerprint Fingerprint { get; }

    public IReadOnlyList<CommitDraft> DraftsAfter(StreamPosition position) => writer.WriteAfter(position, commitIds);

    /// <summary>What to have confirmed before this append is refused because the stream was seen at <paramref name="position"/>.</summary>
    public Refusal RefusalAt(StreamPosition position) =>
        new(Stream, position) { CommitId = IsKeyed ? CommitId : null, Fingerprint = IsKeyed ? Fingerprint : null };

    /// <summary>The receipt of this append, stored after <paramref name="position"/>.</summary>
    public AppendReceipt ReceiptAfter(StreamPosition position)
    {
        var events = new AppendedEvent[Request.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var version = position.Version + 1 + i;
            events[i] = new AppendedEvent(Request.Events[i].Id ?? EventId.At(Stream, version), version);
        }

        return new AppendReceipt(
            Stream, new StreamPosition(position.Commit + writer.Count, position.Version + events.Length), CommitId, StoredAt, events);
    }

    private static CommitId NewCommitId() => CommitId.Parse(Guid.CreateVersion7().ToString("N"));
}
