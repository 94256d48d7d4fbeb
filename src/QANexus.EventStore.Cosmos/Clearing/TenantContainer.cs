using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>A container that keeps tenants' documents under a partition key of the tenant and one thing more, and how to empty one tenant's part of it.</summary>
internal sealed class TenantContainer
{
    /// <summary>Operations of one batch at most.</summary>
    private const int BatchSize = 100;

    /// <summary>Logical partitions that are emptied at a time.</summary>
    private const int Parallelism = 8;

    private readonly Container container;
    private readonly CosmosEventStoreOptions options;
    private readonly ReadRequests reads;
    private readonly Backoff backoff;
    private readonly string query;

    /// <param name="container">The container.</param>
    /// <param name="secondPath">The second path of its partition key: <c>/streamId</c>.</param>
    /// <param name="options">How long to go on after failures.</param>
    /// <param name="time">The clock.</param>
    public TenantContainer(Container container, string secondPath, CosmosEventStoreOptions options, TimeProvider time)
    {
        this.container = container;
        this.options = options;
        reads = new ReadRequests(container, options, time);
        backoff = new Backoff(options, time);
        query = $"SELECT c.id, c[\"{secondPath[1..]}\"] AS part FROM c";
    }

    /// <summary>Deletes documents of the tenant in its generation, until none is left or the budget is spent.</summary>
    /// <returns>Whether none is left.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, DeletionBudget budget, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var partition = new PartitionKeyBuilder().Add(tenant.StorageKey).Build();
        await foreach (var page in reads.QueryAsync(new QueryDefinition(query), partition, BatchSize, charge, cancellationToken))
        {
            if (budget.IsSpent)
            {
                return false;
            }

            var documents = CommitPage.Split(page).Select(Key.Read).GroupBy(static key => key.Part, static key => key.Id, StringComparer.Ordinal);
            await Parallel.ForEachAsync(
                documents,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (group, cancellation) =>
                {
                    var full = new PartitionKeyBuilder().Add(tenant.StorageKey).Add(group.Key).Build();
                    budget.Add(await DeleteAsync(full, [.. group], charge, cancellation));
                });
        }

        return true;
    }

    /// <summary>Deletes documents of one logical partition, and returns how many of them were there.</summary>
    private async Task<int> DeleteAsync(PartitionKey partition, IReadOnlyList<string> ids, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var batch = ids.Aggregate(container.CreateTransactionalBatch(partition), static (batch, id) => batch.DeleteItem(id));
            if (await BatchSending.SendAsync(batch, charge, cancellationToken) is not { } failure)
            {
                return ids.Count;
            }

            if (failure.IsNotFound)
            {
                // Deleted by somebody else, or by an attempt whose answer was lost: what is left of them goes one by one.
                return ids.Count == 1 ? 0 : await DeleteOneByOneAsync(partition, ids, charge, cancellationToken);
            }

            if (!failure.IsTransient || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private async Task<int> DeleteOneByOneAsync(PartitionKey partition, IReadOnlyList<string> ids, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var id in ids)
        {
            deleted += await DeleteAsync(partition, [id], charge, cancellationToken);
        }

        return deleted;
    }

    private readonly record struct Key(string Id, string Part)
    {
        public static Key Read(ReadOnlyMemory<byte> document)
        {
            using var json = JsonDocument.Parse(document);
            return new Key(json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("part").GetString()!);
        }
    }
}
