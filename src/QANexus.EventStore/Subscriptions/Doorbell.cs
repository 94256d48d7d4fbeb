using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The word that a stream has reached a commit: all that is taken from what a trigger hands over.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Commit">The commit.</param>
/// <param name="EventTypes">The types inside, as stored; empty where they are not known.</param>
/// <param name="Revision">How often the commit was redacted.</param>
internal sealed record Doorbell(StreamKey Stream, long Commit, IReadOnlyList<EventType> EventTypes, long Revision)
{
    /// <summary>The version of the commit's last event; 0 where it is not known.</summary>
    public long Version { get; init; }

    /// <summary>The commit itself, where whoever rings read it from the store's own bytes.</summary>
    public StoredCommit? Document { get; init; }

    /// <summary>Whether what this process remembers of the stream may be out of date, as after an un-parking.</summary>
    public bool IsForced { get; init; }
}
