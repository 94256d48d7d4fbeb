using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Privacy;

/// <summary>
/// Takes the data of events away, for ever: the one exception to "a stored event never changes". What stays is the envelope, so that order,
/// versions and counts are as they were.
/// </summary>
public interface IEventRedactor
{
    /// <summary>
    /// Replaces the data of every event of <paramref name="id"/> by <c>{"redacted": true}</c>, drops what its caller kept beside the data, and records
    /// who did it, when and why. Snapshots of these streams are dropped before. The id of a part that reads
    /// show of a split event redacts the whole event; that of a part which there is not is not found, as nothing brings data back.
    /// Repeating it is always safe: an event that is redacted already keeps its first record.
    /// </summary>
    /// <param name="tenant">Whose event.</param>
    /// <param name="id">Its id, the caller's or the store's.</param>
    /// <param name="request">Why, and who asks.</param>
    /// <param name="cancellationToken">Observed between the writes, never while the outcome of one is open.</param>
    /// <exception cref="UpcastingFailedException">
    /// The id is no event's own, and whether the event that it could be a part of has such a part cannot be told; nothing was written.
    /// </exception>
    /// <exception cref="UnknownSchemaVersionException">As above, since that event is of a newer version than this build knows.</exception>
    /// <exception cref="RedactionUnfinishedException">It began and did not come to its end: data may still be there. Repeat it.</exception>
    /// <exception cref="StoreThrottledException">The store has no request units left for it; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; nothing was written.</exception>
    Task<RedactionResult> RedactAsync(TenantId tenant, EventId id, RedactionRequest request, CancellationToken cancellationToken);
}
