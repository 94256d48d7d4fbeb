using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Feeds;

/// <summary>One commit in a feed.</summary>
/// <param name="Events">Its events in order, at least one.</param>
/// <param name="Position">To go on after it, in the middle of the page too.</param>
public sealed record FeedCommit(IReadOnlyList<RecordedEvent> Events, FeedPosition Position);
