using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>A page while its commits arrive, in the direction of the read.</summary>
internal sealed class SlicePage(StreamId stream, StreamReadOptions options)
{
    private readonly List<RecordedEvent> events = [];
    private Commit? first;
    private Commit? last;

    private bool isPastBoundary;

    /// <summary>No further commit can add to the page.</summary>
    public bool IsDone => IsFull || isPastBoundary || (!IsForward && last?.FirstVersion <= options.FromVersion);

    /// <summary>One event more than asked for is here: it says where the next page begins.</summary>
    private bool IsFull => events.Count > options.MaxCount;

    private bool IsForward => options.Direction is ReadDirection.Forward;

    public void Add(Commit commit)
    {
        if (last is not null)
        {
            var (earlier, later) = IsForward ? (last, commit) : (commit, last);
            CommitSequence.RequireNeighbours(stream, earlier.End, later);
        }

        first ??= commit;
        last = commit;
        if (commit.StoredAt > (options.AsOf ?? DateTimeOffset.MaxValue))
        {
            // Stored after the boundary was looked for. Nothing from here on belongs to the past, and backwards nothing up to here does.
            isPastBoundary = IsForward;
            if (!IsForward)
            {
                events.Clear();
            }

            return;
        }

        foreach (var e in IsForward ? commit.Events : commit.Events.Reverse())
        {
            if (!IsFull && e.Version >= options.FromVersion && e.Version <= (options.ToVersion ?? long.MaxValue))
            {
                events.Add(e);
            }
        }
    }

    /// <summary>The end of the stream, where the page has come past it: null where it has to be asked for.</summary>
    /// <param name="isExhausted">The query found no further commits.</param>
    public StreamPosition? EndOfStream(bool isExhausted)
    {
        if (IsForward)
        {
            return isExhausted ? last?.End ?? StreamPosition.Start : null;
        }

        return first?.End ?? StreamPosition.Start;
    }

    public StreamSlice ToSlice(StreamPosition end, double requestCharge)
    {
        long? next = IsFull ? events[options.MaxCount].Version : null;
        return new StreamSlice(IsFull ? events[..options.MaxCount] : events, end, next, requestCharge);
    }
}
