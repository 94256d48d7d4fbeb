using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>Decides when a stream is due for a snapshot.</summary>
public interface ISnapshotPolicy
{
    /// <summary>Whether to take one.</summary>
    /// <param name="last">Where the newest usable snapshot is; <see cref="StreamPosition.Start"/> where there is none.</param>
    /// <param name="current">Where the stream ends.</param>
    bool IsDue(StreamPosition last, StreamPosition current);
}
