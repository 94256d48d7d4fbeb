using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>Consecutive commits of a stream, oldest first. A gap is an error, never passed over.</summary>
internal sealed class CommitSequence(StreamId stream, StreamPosition start)
{
    private readonly List<RecordedEvent> events = [];

    public StreamPosition End { get; private set; } = start;

    public IReadOnlyList<RecordedEvent> Events => events;

    /// <exception cref="CorruptStreamException"><paramref name="commit"/> does not follow the one before.</exception>
    public void Add(Commit commit)
    {
        RequireNeighbours(stream, End, commit);
        events.AddRange(commit.Events);
        End = commit.End;
    }

    /// <exception cref="CorruptStreamException"><paramref name="next"/> does not begin where <paramref name="end"/> is.</exception>
    public static void RequireNeighbours(StreamId stream, StreamPosition end, Commit next)
    {
        if (next.Number != end.Commit + 1 || next.FirstVersion != end.Version + 1)
        {
            throw new CorruptStreamException(
                stream, $"commit {next.Number} with version {next.FirstVersion} follows commit {end.Commit} with version {end.Version}.");
        }
    }
}
