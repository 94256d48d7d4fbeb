namespace QANexus.EventStore.Subscriptions;

/// <summary>One lane in one stream that rang.</summary>
internal sealed class Visit(ILane lane, StreamCall call)
{
    public ILane Lane => lane;

    public StreamCall Call => call;

    public StreamCall.LaneProgress Progress { get; } = call.Of(lane);

    public ILaneSession? Session { get; set; }

    public LanePosition Position { get; private set; }

    /// <summary>The commit up to which the lane needs nothing.</summary>
    public long Known { get; private set; }

    /// <summary>Whether there are commits for it to be given.</summary>
    public bool WantsCommits => !Progress.IsDone && !Position.IsBlocked && Known < call.Target;

    /// <summary>Redacted commits to be handed on, and those owed from earlier.</summary>
    public IEnumerable<long> WantedRevisions => Progress.IsDone || Progress.HasRevisions
        ? []
        : call.Revisions.Where(revision => lane.Interest.TakesAny(revision.EventTypes)).Select(static revision => revision.Commit).Union(Position.Owed);

    /// <summary>Takes the position that the session found, and what memory adds to it.</summary>
    public void Look(SeenCommits seen)
    {
        Position = Session!.PositionOf(call.Stream);
        var remembered = seen.Find(lane, call.Key) is { } memory && memory.Checkpoint <= Position.From.Commit ? memory.UpTo : 0;
        Known = Math.Max(Position.From.Commit, Math.Max(remembered, Progress.Reached));
    }
}
