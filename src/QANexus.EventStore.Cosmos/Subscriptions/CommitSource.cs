using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>Reads commits of whatever tenants for delivery, by one request a batch, or by one query of a stream where commits are missing.</summary>
internal sealed class CommitSource(Container events, CosmosEventStoreOptions options, TimeProvider time) : ICommitSource
{
    /// <summary>Documents of one page of a range.</summary>
    private const int RangePage = 100;

    /// <summary>Bytes from which a range takes no further page.</summary>
    private const int MaxRangeBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan RetryAfterLag = TimeSpan.FromSeconds(1);

    private readonly ReadRequests reads = new(events, options, time);
    private readonly BatchRequests batches = new(events, options, time);
    private readonly Backoff backoff = new(options, time);

    public async Task<IReadOnlyList<StoredCommit>> ReadAsync(
        IReadOnlyCollection<CommitAddress> addresses, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        try
        {
            var found = new List<StoredCommit>(addresses.Count);
            var missing = addresses.ToHashSet();
            for (var attempt = 1; missing.Count > 0; attempt++)
            {
                foreach (var commit in await ReadManyAsync(missing, charge, cancellationToken))
                {
                    found.Add(commit);
                    missing.Remove(commit.Address);
                }

                if (missing.Count > 0)
                {
                    await ConfirmAsync(missing, charge, cancellationToken);
                }

                if (missing.Count > 0)
                {
                    await WaitForReplicaAsync(missing.First().Stream, attempt, cancellationToken);
                }
            }

            return found;
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    public async Task<CommitRange> ReadRangeAsync(
        StreamKey stream, long after, long upTo, EventInterest interest, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var range = await ReadRangeAsync(stream, after, upTo, interest, charge, cancellationToken);
                if (range.UpTo < upTo || range.Commits is [.., { Number: var last }] && last == upTo)
                {
                    return range;
                }

                // The end of the range is in every answer of a replica that has it, and so has all before it.
                if (!await ExistsAsync(new CommitAddress(stream, upTo), charge, cancellationToken))
                {
                    return range;
                }

                await WaitForReplicaAsync(stream, attempt, cancellationToken);
            }
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    public async Task<long> ReadTailAsync(StreamKey stream, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var tail = 0L;
        await foreach (var page in reads.QueryAsync(new QueryDefinition(StreamTail.Query), PartitionOf(stream), 1, charge, cancellationToken))
        {
            tail = StreamTail.Read(page)?.Commit ?? tail;
        }

        meter.Add(charge.Total);
        return tail;
    }

    /// <summary>
    /// Of one tenant by a query of its key prefix, which the SDK sends without asking for a plan where the tenant lies on one physical partition; of
    /// several by ReadMany, which always asks, and is one query a physical partition instead of one a tenant.
    /// </summary>
    private async Task<IReadOnlyList<StoredCommit>> ReadManyAsync(
        HashSet<CommitAddress> addresses, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var tenants = addresses.Select(static address => address.Stream.Tenant).Distinct().Take(2).ToList();
        var found = new List<StoredCommit>(addresses.Count);
        if (addresses.Count == 1 || tenants.Count > 1)
        {
            var items = addresses.Select(static address => (CommitNumber.ToId(address.Number), PartitionOf(address.Stream))).ToList();
            Add(await reads.ReadManyAsync(items, charge, cancellationToken));
            return found;
        }

        // A page that is full to the brim would be followed by an empty one.
        var pages = reads.QueryAsync(ToSql(tenants[0].StorageKey, [.. addresses]), StreamPartition.Of(tenants[0]), addresses.Count + 1, charge, cancellationToken);
        await foreach (var page in pages)
        {
            Add(page);
        }

        return found;

        void Add(ReadOnlyMemory<byte> page) => found.AddRange(CommitPage.Split(page).Select(StoredCommits.Read).OfType<StoredCommit>());
    }

    private async Task<CommitRange> ReadRangeAsync(
        StreamKey stream, long after, long upTo, EventInterest interest, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var commits = new List<StoredCommit>();
        var bytes = 0L;
        await foreach (var page in reads.QueryAsync(ToSql(after, upTo, interest), PartitionOf(stream), RangePage, charge, cancellationToken))
        {
            foreach (var document in CommitPage.Split(page))
            {
                bytes += document.Length;
                commits.Add(StoredCommits.Read(document, stream));
            }

            if (commits.Count >= RangePage || bytes >= MaxRangeBytes)
            {
                return new CommitRange(commits, commits[^1].Number);
            }
        }

        return new CommitRange(commits, upTo);
    }

    /// <summary>Names each commit in full, tenant included, as ReadMany does: so it is found by its key.</summary>
    private static QueryDefinition ToSql(string tenant, IReadOnlyList<CommitAddress> addresses)
    {
        var named = addresses.Select(static (_, index) => string.Create(
            CultureInfo.InvariantCulture, $"(c.tenantId = @t AND c.streamId = @s{index} AND c.id = @i{index})"));
        var sql = new QueryDefinition($"SELECT * FROM c WHERE {string.Join(" OR ", named)}").WithParameter("@t", tenant);
        foreach (var (index, address) in addresses.Index())
        {
            sql.WithParameter(string.Create(CultureInfo.InvariantCulture, $"@s{index}"), address.Stream.Stream.ToString())
                .WithParameter(string.Create(CultureInfo.InvariantCulture, $"@i{index}"), CommitNumber.ToId(address.Number));
        }

        return sql;
    }

    private static QueryDefinition ToSql(long after, long upTo, EventInterest interest)
    {
        var types = interest.Types?.Select((type, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"@t{index}"), type.Value)).ToList();
        var filter = types is null
            ? string.Empty
            : $" AND (c.id = @upTo{string.Concat(types.Select(static type => $" OR ARRAY_CONTAINS(c.eventTypes, {type.Name})"))})";
        var sql = new QueryDefinition($"SELECT * FROM c WHERE c.id > @after AND c.id <= @upTo{filter} ORDER BY c.id ASC")
            .WithParameter("@after", CommitNumber.ToId(after))
            .WithParameter("@upTo", CommitNumber.ToId(upTo));
        return types?.Aggregate(sql, static (query, type) => query.WithParameter(type.Name, type.Value)) ?? sql;
    }

    /// <summary>Takes away what does not exist at the primary either; asking brings the session token that makes the next read see the rest.</summary>
    private async Task ConfirmAsync(HashSet<CommitAddress> missing, ChargeMeter charge, CancellationToken cancellationToken)
    {
        foreach (var address in missing.ToList())
        {
            if (!await ExistsAsync(address, charge, cancellationToken))
            {
                missing.Remove(address);
            }
        }
    }

    private Task<bool> ExistsAsync(CommitAddress address, ChargeMeter charge, CancellationToken cancellationToken) =>
        batches.ExistsAtPrimaryAsync(CommitNumber.ToId(address.Number), PartitionOf(address.Stream), charge, cancellationToken);

    private async Task WaitForReplicaAsync(StreamKey stream, int attempt, CancellationToken cancellationToken)
    {
        if (attempt >= options.MaxSendAttempts)
        {
            throw new StoreUnavailableException($"The replicas lag behind stream {stream.Stream}.", RetryAfterLag);
        }

        await backoff.WaitAsync(attempt, cancellationToken);
    }

    private static PartitionKey PartitionOf(StreamKey stream) => StreamPartition.Of(stream.Tenant, stream.Stream);
}
