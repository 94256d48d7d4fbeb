using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>The policies that there are.</summary>
public static class SnapshotPolicy
{
    /// <summary>Events between two snapshots where nothing is said.</summary>
    public const int DefaultEvents = 100;

    /// <summary>Every <see cref="DefaultEvents"/> events.</summary>
    public static ISnapshotPolicy Default { get; } = Every(DefaultEvents);

    /// <summary>Never by itself, only on demand.</summary>
    public static ISnapshotPolicy OnDemand { get; } = new Never();

    /// <summary>As soon as the stream has so many events more than the last snapshot.</summary>
    public static ISnapshotPolicy Every(int events)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 1);
        return new EveryEvents(events);
    }

    private sealed class EveryEvents(int events) : ISnapshotPolicy
    {
        public bool IsDue(StreamPosition last, StreamPosition current) => current.Version - last.Version >= events;
    }

    private sealed class Never : ISnapshotPolicy
    {
        public bool IsDue(StreamPosition last, StreamPosition current) => false;
    }
}
