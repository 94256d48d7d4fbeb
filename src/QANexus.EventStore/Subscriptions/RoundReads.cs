using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// What one round reads: the commits of streams whose doorbells leave no gap all at once, a range of each of the others, and redacted commits.
/// </summary>
internal sealed class RoundReads
{
    private readonly Dictionary<StreamKey, Plan> plans = [];
    private readonly Dictionary<CommitAddress, CommitDelivery> found = [];
    private readonly HashSet<CommitAddress> addresses = [];
    private readonly EventUpcaster upcaster;

    public RoundReads(IEnumerable<Visit> visits, EventUpcaster upcaster, int limit)
    {
        this.upcaster = upcaster;
        foreach (var stream in visits.GroupBy(static visit => visit.Call))
        {
            var (call, wanting) = (stream.Key, stream.Where(static visit => visit.WantsCommits).ToList());
            if (wanting.Count > 0)
            {
                plans.Add(call.Key, Add(call, wanting, limit));
            }

            foreach (var number in stream.SelectMany(static visit => visit.WantedRevisions))
            {
                Want(call, number);
            }
        }
    }

    public IReadOnlyCollection<CommitAddress> Addresses => addresses;

    public IEnumerable<RangeRead> Ranges => plans.Values.Select(static plan => plan.Range).OfType<RangeRead>();

    public void Add(IEnumerable<StoredCommit> commits)
    {
        foreach (var commit in commits)
        {
            found[commit.Address] = new CommitDelivery(commit, upcaster);
        }
    }

    public bool AreDirect(Visit visit) => addresses.Any(address => address.Stream == visit.Call.Key);

    /// <summary>Commits that somebody rang for and that do not exist, at the primary either.</summary>
    public IEnumerable<CommitAddress> Missing() => addresses.Where(address => !found.ContainsKey(address));

    /// <summary>What a lane is to be given; null where it could not be read.</summary>
    public StreamDelivery? For(Visit visit)
    {
        var revisions = visit.WantedRevisions
            .Select(number => found.GetValueOrDefault(new CommitAddress(visit.Call.Key, number))).OfType<CommitDelivery>().ToList();
        if (!visit.WantsCommits || !plans.TryGetValue(visit.Call.Key, out var plan))
        {
            return new StreamDelivery(visit.Call.Stream, [], visit.Known, revisions);
        }

        return plan.Range is { Found: null }
            ? null
            : new StreamDelivery(
                visit.Call.Stream,
                [.. plan.Commits.Where(commit => commit.Number > visit.Known && visit.Lane.Interest.TakesAny(commit.Stored))],
                plan.UpTo,
                revisions);
    }

    /// <summary>Everything was read; from now on lanes may ask in parallel.</summary>
    public void Complete()
    {
        foreach (var (stream, plan) in plans)
        {
            if (plan.Range?.Found is { } range)
            {
                plan.UpTo = range.UpTo;
                plan.Commits = [.. range.Commits.Select(commit => new CommitDelivery(commit, upcaster))];
            }
            else
            {
                plan.Commits = [.. plan.Numbers.Select(number => found.GetValueOrDefault(new CommitAddress(stream, number))).OfType<CommitDelivery>()];
            }
        }
    }

    private Plan Add(StreamCall call, List<Visit> wanting, int limit)
    {
        var from = wanting.Min(static visit => visit.Known);
        var numbers = new List<long>();
        var upTo = from;
        foreach (var (number, doorbell) in call.Commits.Where(commit => commit.Key > from))
        {
            if (number != upTo + 1)
            {
                return new Plan([], upTo) { Range = RangeOf(call, wanting, from, limit) };
            }

            if (wanting.Exists(visit => visit.Known < number && visit.Lane.Interest.TakesAny(doorbell.EventTypes)))
            {
                if (numbers.Count == limit)
                {
                    break;
                }

                numbers.Add(number);
            }

            upTo = number;
        }

        numbers.ForEach(number => Want(call, number));
        return new Plan(numbers, upTo);
    }

    /// <summary>
    /// What the lanes miss that are farthest behind, up to where one begins that is far ahead of them, which would have all of it read that the others
    /// take nothing of. Lanes that a page holds together are read for together.
    /// </summary>
    private static RangeRead RangeOf(StreamCall call, List<Visit> wanting, long from, int page)
    {
        var ahead = wanting.Where(visit => visit.Known > from + page).Select(static visit => visit.Known).ToList();
        var interest = EventInterest.Union(wanting.Where(visit => visit.Known <= from + page).Select(static visit => visit.Lane.Interest));
        return new RangeRead(call.Key, from, ahead.Append(call.Target).Min(), interest);
    }

    private void Want(StreamCall call, long number)
    {
        var address = new CommitAddress(call.Key, number);
        if (call.Commits.TryGetValue(number, out var doorbell) && doorbell.Document is { } document)
        {
            found[address] = new CommitDelivery(document, upcaster);
        }
        else
        {
            addresses.Add(address);
        }
    }

    /// <summary>One stream's range to be read.</summary>
    internal sealed class RangeRead(StreamKey stream, long after, long upTo, EventInterest interest)
    {
        public StreamKey Stream => stream;

        public long After => after;

        public long UpTo => upTo;

        public EventInterest Interest => interest;

        public CommitRange? Found { get; set; }
    }

    private sealed class Plan(List<long> numbers, long upTo)
    {
        public List<long> Numbers => numbers;

        public long UpTo { get; set; } = upTo;

        public RangeRead? Range { get; init; }

        public List<CommitDelivery> Commits { get; set; } = [];
    }
}
