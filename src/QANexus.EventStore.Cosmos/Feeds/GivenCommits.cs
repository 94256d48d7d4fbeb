using System.Collections.Immutable;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Feeds;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>Which commits a reader has been given of a page of the change feed that it has not been given to the end.</summary>
internal sealed class GivenCommits(FeedPosition? after)
{
    // From the position that was read after, until the feed has come past them.
    private ImmutableDictionary<StreamMark, long> before = after?.Given ?? ImmutableDictionary<StreamMark, long>.Empty;

    // Of the page that is being read.
    private ImmutableDictionary<StreamMark, long> now = ImmutableDictionary<StreamMark, long>.Empty;

    /// <summary>Streams of which the page to come may repeat something.</summary>
    public int Count => before.Count;

    /// <summary>To go on in the middle of the page.</summary>
    public ImmutableDictionary<StreamMark, long> InsidePage => now.SetItems(before);

    /// <summary>To go on at its end.</summary>
    public ImmutableDictionary<StreamMark, long> AtEndOfPage => before;

    /// <summary>
    /// Whether the commit was given before; from now on it was. A redaction moves a commit to the end of the feed, where it is news whatever its
    /// number; those that were never redacted come in the order of their numbers.
    /// </summary>
    public bool Add(Commit commit)
    {
        var mark = StreamMark.Of(commit.Stream);
        var isRedacted = commit.Events.Any(static e => e.Redaction is not null);
        var last = before.GetValueOrDefault(mark);
        var wasGiven = !isRedacted && commit.Number <= last;
        if (commit.Number >= last)
        {
            before = before.Remove(mark);
        }

        now = now.SetItem(mark, Math.Max(commit.Number, now.GetValueOrDefault(mark)));
        return wasGiven;
    }

    public void EndPage() => now = now.Clear();

    /// <summary>The feed has nothing more: whatever was given lies behind.</summary>
    public void Clear() => (before, now) = (before.Clear(), now.Clear());
}
