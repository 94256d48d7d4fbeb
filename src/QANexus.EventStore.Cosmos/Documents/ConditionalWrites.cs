using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;

namespace QANexus.EventStore.Cosmos.Documents;

/// <summary>A document to be written only if it is still in the state that it was read in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Body">Its new content; null deletes it.</param>
/// <param name="Tag">The tag of the state it was read in; null where it must not exist yet.</param>
internal sealed record ConditionalWrite(string Id, byte[]? Body, string? Tag);

/// <summary>What became of conditional writes: all were done, or none.</summary>
/// <param name="Tags">The new tags, where all were done; null for a deleted document.</param>
/// <param name="Conflicts">The places of those that somebody else had changed.</param>
internal sealed record ConditionalOutcome(IReadOnlyList<string?> Tags, IReadOnlySet<int> Conflicts)
{
    public bool IsDone => Conflicts.Count == 0;
}

/// <summary>
/// Writes documents of one logical partition together or not at all, each on the condition of its tag. Of an attempt whose answer was lost the repeat
/// finds its own work in its way: a conflict as any other, after which whoever wrote reads again.
/// </summary>
internal sealed class ConditionalWrites(Container container, CosmosEventStoreOptions options, TimeProvider time)
{
    /// <summary>Operations of one batch at most, by Cosmos DB's limit.</summary>
    public const int MaxOperations = 100;

    private const HttpStatusCode FailedDependency = (HttpStatusCode)424;

    private readonly Backoff backoff = new(options, time);

    public async Task<ConditionalOutcome> ExecuteAsync(
        PartitionKey partition, IReadOnlyList<ConditionalWrite> writes, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, failure) = await SendAsync(partition, writes, charge, cancellationToken);
            if (outcome is not null)
            {
                return outcome;
            }

            if (!failure!.IsTransient || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Writes those that nobody else has changed: without the ones in conflict, the rest is sent again.</summary>
    /// <returns>The places of what was written, with the new tags.</returns>
    public async Task<IReadOnlyDictionary<int, string?>> ExecuteWhatHoldsAsync(
        PartitionKey partition, IReadOnlyList<ConditionalWrite> writes, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var places = Enumerable.Range(0, writes.Count).ToList();
        while (places.Count > 0)
        {
            var outcome = await ExecuteAsync(partition, places.ConvertAll(place => writes[place]), charge, cancellationToken);
            if (outcome.IsDone)
            {
                return places.Index().ToDictionary(static place => place.Item, place => outcome.Tags[place.Index]);
            }

            places = [.. places.Where((_, index) => !outcome.Conflicts.Contains(index))];
        }

        return new Dictionary<int, string?>();
    }

    private async Task<(ConditionalOutcome? Outcome, RequestFailure? Failure)> SendAsync(
        PartitionKey partition, IReadOnlyList<ConditionalWrite> writes, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var batch = container.CreateTransactionalBatch(partition);
        foreach (var write in writes)
        {
            Add(batch, write);
        }

        try
        {
            using var response = await batch.ExecuteAsync(cancellationToken);
            charge.Add(response.Headers.RequestCharge);
            if (response.IsSuccessStatusCode)
            {
                return (new ConditionalOutcome([.. response.Select(static result => result.ETag)], new HashSet<int>()), null);
            }

            var conflicts = Enumerable.Range(0, response.Count).Where(index => IsConflict(response[index].StatusCode)).ToHashSet();
            return conflicts.Count > 0 ? (new ConditionalOutcome([], conflicts), null) : (null, RequestFailure.From(response));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } found)
        {
            return (null, found);
        }
    }

    private static void Add(TransactionalBatch batch, ConditionalWrite write)
    {
        var ifUnchanged = new TransactionalBatchItemRequestOptions { IfMatchEtag = write.Tag, EnableContentResponseOnWrite = false };
        if (write.Body is null)
        {
            batch.DeleteItem(write.Id, ifUnchanged);
        }
        else if (write.Tag is null)
        {
            batch.CreateItemStream(new MemoryStream(write.Body, writable: false), ifUnchanged);
        }
        else
        {
            batch.ReplaceItemStream(write.Id, new MemoryStream(write.Body, writable: false), ifUnchanged);
        }
    }

    /// <summary>It exists where it must not, is another one by now, or is gone.</summary>
    private static bool IsConflict(HttpStatusCode status) =>
        status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound && status is not FailedDependency;
}
