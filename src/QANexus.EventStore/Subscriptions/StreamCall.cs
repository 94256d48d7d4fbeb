using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The doorbells of one stream in one delivery, and how far each lane has come in answering them.</summary>
internal sealed class StreamCall
{
    private readonly Dictionary<string, LaneProgress> progress = new(StringComparer.Ordinal);

    public StreamCall(StreamKey key, IEnumerable<Doorbell> doorbells)
    {
        Key = key;
        foreach (var doorbell in doorbells)
        {
            // Of a commit that rings twice, the later state.
            if (!Commits.TryGetValue(doorbell.Commit, out var known) || doorbell.Revision >= known.Revision)
            {
                Commits[doorbell.Commit] = doorbell;
            }

            IsForced |= doorbell.IsForced;
        }

        Target = Commits.Keys.Last();
        Revisions = [.. Commits.Values.Where(static doorbell => doorbell.Revision > 0)];
    }

    public StreamKey Key { get; }

    public StreamId Stream => Key.Stream;

    public SortedDictionary<long, Doorbell> Commits { get; } = [];

    /// <summary>The last commit that somebody rang for.</summary>
    public long Target { get; }

    public IReadOnlyList<Doorbell> Revisions { get; }

    public bool IsForced { get; }

    public LaneProgress Of(ILane lane)
    {
        if (!progress.TryGetValue(lane.Name, out var found))
        {
            progress.Add(lane.Name, found = new LaneProgress());
        }

        return found;
    }

    /// <summary>One lane's part of the call.</summary>
    internal sealed class LaneProgress
    {
        /// <summary>The commit up to which this call has nothing left for the lane.</summary>
        public long Reached { get; set; }

        /// <summary>Everything is done.</summary>
        public bool IsDone { get; set; }

        /// <summary>The redaction revisions were handed on.</summary>
        public bool HasRevisions { get; set; }
    }
}
