using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>A page while its commits arrive, in the direction of the read.</summary>
internal sealed class SlicePage(StreamId stream, StreamReadOptions options)
{
    private readonly List<RecordedEvent> events = [];
    private long bytes;
    private RecordedEvent? next;
    private Commit? first;
    private Commit? last;

    private bool isPastBoundary;

    /// <summary>The end of the newest commit that the page has looked at.</summary>
    public StreamPosition Newest => (IsForward ? last : first)?.End ?? StreamPosition.Start;

    /// <summary>It was cut because it is full, or because the stream went on while it was read, and says nothing about what comes after it.</summary>
    public bool IsCut => next is not null || isPastBoundary;

    /// <summary>No further commit can add to the page.</summary>
    public bool IsDone => next is not null || isPastBoundary || (!IsForward && last?.FirstVersion <= options.FromVersion);

    private bool IsForward => options.Direction is ReadDirection.Forward;

    public void Add(Commit commit)
    {
        if (last is not null)
        {
            var (earlier, later) = IsForward ? (last, commit) : (commit, last);
            CommitSequence.RequireNeighbours(stream, earlier.End, later);
        }
        else if (IsForward && commit.FirstVersion >= options.FromVersion)
        {
            // Nothing was found that begins before it.
            CommitSequence.RequireNeighbours(stream, StreamPosition.Start, commit);
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
                (bytes, next) = (0, null);
            }

            return;
        }

        foreach (var e in IsForward ? commit.Events : commit.Events.Reverse())
        {
            if (next is null && e.Version >= options.FromVersion && e.Version <= (options.ToVersion ?? long.MaxValue))
            {
                Add(e);
            }
        }
    }

    /// <summary>The first event that does not fit any more says where the next page begins.</summary>
    private void Add(RecordedEvent e)
    {
        bytes += e.Data.Utf8.Length;
        if (events.Count == options.MaxCount || (bytes > PageLimits.MaxBytes && events.Count > 0))
        {
            next = e;
        }
        else
        {
            events.Add(e);
        }
    }

    /// <summary>The query found no further commits.</summary>
    /// <exception cref="CorruptStreamException">There should be some.</exception>
    public void Exhaust()
    {
        if (!IsForward && !IsDone && last is not null)
        {
            CommitSequence.RequireNeighbours(stream, StreamPosition.Start, last);
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

    public StreamSlice ToSlice(StreamPosition end, double requestCharge) => new(events, end, next?.Version, requestCharge);
}
