using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>What one read of the feed returns, while it fills from one or more pages of the change feed.</summary>
internal sealed class FeedBatch(FeedPosition? after, FeedReadOptions options)
{
    /// <summary>Stored events that it looks at before it gives what it has, full or not: upcasting may drop many.</summary>
    private const int MaxStoredEvents = 5_000;

    /// <summary>Documents of a first page, of whose size nothing is known yet.</summary>
    private const int FirstPage = 10;

    /// <summary>
    /// Documents of any page. A position in the middle of one names every stream that the page has had something of, and must fit into a URL.
    /// </summary>
    private const int LargestPage = 50;

    private readonly List<FeedCommit> commits = [];
    private readonly GivenCommits given = new(after);
    private int events;
    private int storedEvents;
    private long bytes;

    public IReadOnlyList<FeedCommit> Commits => commits;

    public FeedPosition? Position { get; private set; } = after;

    /// <summary>Where the next page of the change feed begins; null for the beginning.</summary>
    public string? Continuation { get; private set; } = after?.Continuation;

    public bool IsEmpty => commits.Count == 0;

    /// <summary>
    /// How many documents to ask for, so that their events are about those still wanted: what is read and does not fit is read and paid for again.
    /// </summary>
    public int PageSize
    {
        get
        {
            if (IsEmpty)
            {
                // What was given of the page comes again with it.
                return Math.Min(Math.Min(options.MaxCount, FirstPage) + given.Count, LargestPage);
            }

            var byCount = (options.MaxCount - events) * (double)commits.Count / events;
            var byBytes = (PageLimits.MaxBytes - bytes) * (double)commits.Count / Math.Max(1, bytes);
            return (int)Math.Clamp(Math.Min(Math.Ceiling(byCount), Math.Floor(byBytes)), 1, LargestPage);
        }
    }

    /// <summary>Nothing more is wanted.</summary>
    public bool IsFull => events >= options.MaxCount || bytes >= PageLimits.MaxBytes || storedEvents >= MaxStoredEvents;

    /// <summary>Whether the commit was given before and is passed over.</summary>
    public bool Skips(Commit commit) => given.Add(commit);

    /// <summary>Whether the commit still belongs into this read. The first one always does.</summary>
    public bool HasRoomFor(Commit commit) => IsEmpty || (!IsFull && bytes + SizeOf(commit) <= PageLimits.MaxBytes);

    /// <param name="commit">As stored.</param>
    /// <param name="upcast">Its events as they are given. The parts of one that was split count as one; there may be none left.</param>
    /// <param name="pageStart">Where the page of the change feed that it is on begins.</param>
    public void Add(Commit commit, IReadOnlyList<RecordedEvent> upcast, string pageStart)
    {
        bytes += SizeOf(commit);
        storedEvents += commit.Events.Count;
        events += upcast.Select(static e => e.Version).Distinct().Count();
        Position = new FeedPosition(pageStart, given.InsidePage);
        if (upcast.Count > 0)
        {
            commits.Add(new FeedCommit(upcast, Position));
        }
    }

    /// <summary>A page of the change feed has been taken as a whole.</summary>
    public void EndPage(string next)
    {
        given.EndPage();
        Continuation = next;
        Position = new FeedPosition(next, given.AtEndOfPage);
        if (commits.Count > 0)
        {
            // Its last commit is as good a place to go on from as the page's end, and shorter to name.
            commits[^1] = commits[^1] with { Position = Position };
        }
    }

    /// <summary>The change feed has nothing more.</summary>
    public void EndFeed(string next)
    {
        given.Clear();
        EndPage(next);
    }

    private static long SizeOf(Commit commit) => commit.Events.Sum(static e => (long)e.Data.Utf8.Length);
}
