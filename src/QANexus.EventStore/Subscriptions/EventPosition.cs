namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// How far a consumer of a stream has come, counted in events as they are stored, so that no upcaster of a later build moves it.
/// </summary>
/// <param name="Commit">Commits of which every event is done.</param>
/// <param name="Index">Events done of the commit after.</param>
internal readonly record struct EventPosition(long Commit, int Index) : IComparable<EventPosition>
{
    /// <summary>Nothing is done.</summary>
    public static EventPosition Start => default;

    /// <summary>Everything up to the end of a commit is done.</summary>
    public static EventPosition After(long commit) => new(commit, 0);

    /// <summary>Everything before this event of a commit is done.</summary>
    public static EventPosition Before(long commit, int index) => new(commit - 1, index);

    /// <summary>How many events of a commit are done, all of them where the commit lies behind.</summary>
    public int DoneOf(long commit) => commit <= Commit ? int.MaxValue : commit == Commit + 1 ? Index : 0;

    public int CompareTo(EventPosition other) => Commit != other.Commit ? Commit.CompareTo(other.Commit) : Index.CompareTo(other.Index);

    public static EventPosition Min(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0 ? left : right;

    public static EventPosition Max(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0 ? left : right;

    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;
}
