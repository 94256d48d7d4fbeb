using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// Measures how far lanes are behind one tenant's commits: of the newest commits, which ones of interest lie beyond the lanes' checkpoints. What is
/// older than these and missing is the reconciler's to find.
/// </summary>
internal sealed class LagMeasurement(ICommitHeads heads, SeenCommits seen, TimeProvider time)
{
    private const int NewestCommits = 200;

    public async Task<Lag> MeasureAsync(TenantId tenant, IReadOnlyList<ILane> lanes, CancellationToken cancellationToken)
    {
        var newest = await heads.NewestAsync(tenant, NewestCommits, cancellationToken);
        var waiting = new Dictionary<CommitAddress, DateTimeOffset>();
        foreach (var lane in lanes)
        {
            var ofInterest = newest.Where(head => lane.Takes(head.Address.Stream.Stream) && lane.Interest.TakesAny(head.EventTypes)).ToList();
            var checkpoints = ofInterest.Count == 0
                ? new Dictionary<StreamId, StoredCheckpoint>()
                : await lane.Checkpoints.LoadAsync(tenant, [.. ofInterest.Select(static head => head.Address.Stream.Stream).Distinct()], cancellationToken);
            foreach (var head in ofInterest.Where(head => IsWaiting(lane, head.Address, checkpoints)))
            {
                waiting[head.Address] = head.StoredAt;
            }
        }

        var age = waiting.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - waiting.Values.Min();
        return new Lag(waiting.Count, age < TimeSpan.Zero ? TimeSpan.Zero : age, IsExact: waiting.Count == 0 || newest.Count < NewestCommits);
    }

    private bool IsWaiting(ILane lane, CommitAddress commit, IReadOnlyDictionary<StreamId, StoredCheckpoint> checkpoints)
    {
        var checkpoint = checkpoints.GetValueOrDefault(commit.Stream.Stream)?.Checkpoint ?? StreamCheckpoint.Start;
        var isParked = checkpoint.ParkedCount > 0;
        return !isParked && checkpoint.Position.Commit < commit.Number && (seen.Find(lane, commit.Stream)?.UpTo ?? 0) < commit.Number;
    }
}

/// <summary>How far behind something is.</summary>
internal readonly record struct Lag(long Commits, TimeSpan Age, bool IsExact);

/// <summary>The newest commits of a tenant, without their events.</summary>
internal interface ICommitHeads
{
    Task<IReadOnlyList<CommitHead>> NewestAsync(TenantId tenant, int maxCount, CancellationToken cancellationToken);

    /// <summary>How many commits there are.</summary>
    Task<long> CountAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <summary>What a commit is about.</summary>
internal sealed record CommitHead(CommitAddress Address, IReadOnlyList<EventType> EventTypes, DateTimeOffset StoredAt);
