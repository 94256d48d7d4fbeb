using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Feeds;

/// <summary>Every event of one tenant, in the order in which the store took them in: for whoever follows a tenant and must not miss any.</summary>
/// <remarks>
/// <para>
/// Delivery is at least once, in order within a stream, and never misses a commit, however far behind the clock of its writer is. Nothing is
/// promised about the order of different streams. Whoever keeps a position can stop, crash and go on from it, across restarts of the store and splits
/// of its partitions; what was read and whose position was not kept comes again.
/// </para>
/// <para>
/// A redaction is a change of what is stored: its commit is delivered again, its events with <see cref="Reading.RecordedEvent.Redaction"/>. A reader
/// that begins later meets a redacted commit only there, after newer commits of its stream.
/// </para>
/// </remarks>
public interface IEventFeed
{
    /// <summary>Reads what comes after a position.</summary>
    /// <param name="after">Where an earlier read ended; null for the beginning.</param>
    /// <param name="options">How much, and how long to wait for it.</param>
    /// <param name="cancellationToken">Cancels the read and the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="InvalidFeedPositionException">The position is not one of this feed, or the feed's container was made anew since.</exception>
    /// <exception cref="CorruptStreamException">A document cannot be read. What comes before it is delivered first.</exception>
    /// <exception cref="UpcastingFailedException">A step failed. What comes before the event is delivered first.</exception>
    /// <exception cref="UnknownSchemaVersionException">
    /// An event is of a newer version than this build knows. What comes before it is delivered first.
    /// </exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken);
}
