using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Batching;

/// <summary>Transactional batches, and bulk requests, which are many independent operations in the same envelope.</summary>
internal sealed class BatchRequests(AccountData account)
{
    /// <summary>The service's limit, for the request and for the results.</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    private const int Conflicting = 424;

    public async Task<GatewayResponse> HandleAsync(DataRequest data)
    {
        if (data.Request.Body.Length > MaxBytes)
            throw TooLarge();
        var operations = ReadOperations(data.Request.Body);
        var answer = data.Request.Flag(CosmosHeaders.BatchAtomic)
            ? await ExecuteAtomicallyAsync(data, operations)
            : await ExecuteEachAsync(data, operations);
        var statusCode = answer.Outcomes.Any(outcome => outcome.IsRefused) ? 207 : 200;
        IReadOnlyList<BatchResult> results = [.. answer.Outcomes.Select(ResultOf)];
        var response = BatchJson.Is(data.Request.Body.Span)
            ? GatewayResponse.Json(statusCode, BatchJson.Write(results))
            : GatewayResponse.Binary(statusCode, BatchResponseWriter.Write(results));
        return response.WithItemHeaders(data.Container, answer.Range, answer.Lsn, answer.Outcomes.Sum(outcome => outcome.Charge));
    }

    private static IReadOnlyList<BatchOperation> ReadOperations(ReadOnlyMemory<byte> body)
    {
        try
        {
            var operations = BatchJson.Is(body.Span) ? BatchJson.Read(body) : BatchRequestReader.Read(body);
            foreach (var operation in operations)
                RefuseUnsupported(operation);
            return operations;
        }
        catch (BatchFormatException error)
        {
            throw RequestRefusedException.BadRequest(error.Message);
        }
    }

    private static void RefuseUnsupported(BatchOperation operation)
    {
        if (string.Equals(operation.IndexingDirective, "Exclude", StringComparison.OrdinalIgnoreCase))
            throw RequestRefusedException.Unsupported("the indexing directive 'Exclude'");
        if (operation.TimeToLiveSeconds is not null)
            throw RequestRefusedException.Unsupported("a time to live outside of the item");
    }

    private static BatchResult ResultOf(ItemOutcome outcome) => new(outcome.StatusCode)
    {
        SubStatusCode = outcome.SubStatus,
        Etag = outcome.ETag,
        Body = outcome.Body,
        RequestCharge = outcome.Charge,
    };

    private static RequestRefusedException TooLarge() => new(413, "Request or response of the batch is larger than 2 MB.");

    private async Task<Answer> ExecuteAtomicallyAsync(DataRequest data, IReadOnlyList<BatchOperation> operations)
    {
        var partitionKey = ItemKey.OfRequest(data.Request, data.Container);
        if (operations.Any(operation => operation.PartitionKey is { } own && !ItemKey.Parse(own, data.Container).Equals(partitionKey)))
            throw RequestRefusedException.BadRequest("The operations of a transactional batch share the partition key of the request.");
        var key = EffectivePartitionKey.Of(partitionKey, data.Container.Definition.PartitionKey.Kind);
        IReadOnlyList<PreparedItem> Prepare(Container container) =>
            [.. operations.Select(operation => PreparedItem.Of(container, partitionKey, key, ItemOperationOf(operation)))];

        var prepared = Prepare(data.Container);
        return await account.WriteItemsAsync(data.Container, data.Request.Body.Length, (connection, current, now) =>
        {
            if (!ReferenceEquals(current, data.Container))
                prepared = Prepare(current);
            var range = current.RangeOf(key);
            var outcomes = ApplyAll(connection, new ItemTransaction(connection, current, range, now), prepared);
            if (outcomes.Sum(outcome => (long)outcome.Body.Length) > MaxBytes)
                throw TooLarge();
            return new Answer(outcomes, range, RangePosition.Read(connection, current.Number, range.Id));
        });
    }

    private static IReadOnlyList<ItemOutcome> ApplyAll(StoreConnection connection, ItemTransaction transaction, IReadOnlyList<PreparedItem> items)
    {
        using var savepoint = connection.BeginSavepoint();
        var outcomes = new List<ItemOutcome>(items.Count);
        foreach (var item in items)
        {
            var outcome = transaction.Apply(item);
            outcomes.Add(outcome);
            if (outcome.IsRefused)
                return RollBack(outcomes, items.Count);
        }

        transaction.Complete();
        savepoint.Keep();
        return outcomes;
    }

    // The refused operation keeps its status; the others only fell with it. Those before it cost what they cost.
    private static IReadOnlyList<ItemOutcome> RollBack(List<ItemOutcome> outcomes, int count) =>
    [
        .. outcomes.Take(outcomes.Count - 1).Select(outcome => new ItemOutcome(Conflicting, outcome.Charge)),
        outcomes[^1],
        .. Enumerable.Repeat(new ItemOutcome(Conflicting, 0), count - outcomes.Count),
    ];

    private async Task<Answer> ExecuteEachAsync(DataRequest data, IReadOnlyList<BatchOperation> operations)
    {
        var rangeId = data.Header(CosmosHeaders.PartitionKeyRangeId)
            ?? throw RequestRefusedException.BadRequest("A bulk request names its partition key range.");
        if (data.Container.FindRange(rangeId) is null)
            throw ScopedRanges.Gone(rangeId);
        var prepared = operations.Select(operation => PrepareAlone(data.Container, operation)).ToList();
        return await account.WriteItemsAsync(data.Container, data.Request.Body.Length, (connection, current, now) =>
        {
            if (!ReferenceEquals(current, data.Container))
                prepared = [.. operations.Select(operation => PrepareAlone(current, operation))];
            var range = current.FindRange(rangeId) ?? throw ScopedRanges.Gone(rangeId);
            var outcomes = prepared.ConvertAll(item => ApplyAlone(connection, current, range, item, now));
            return new Answer(outcomes, range, RangePosition.Read(connection, current.Number, range.Id));
        });
    }

    private static PreparedItem PrepareAlone(Container container, BatchOperation operation)
    {
        var itemOperation = ItemOperationOf(operation);
        try
        {
            var partitionKey = ItemKey.Parse(
                operation.PartitionKey ?? throw RequestRefusedException.BadRequest("An operation of a bulk request has no partition key."), container);
            var key = EffectivePartitionKey.Of(partitionKey, container.Definition.PartitionKey.Kind);
            return PreparedItem.Of(container, partitionKey, key, itemOperation);
        }
        catch (RequestRefusedException refusal)
        {
            return PreparedItem.Refused(itemOperation, refusal);
        }
    }

    private static ItemOutcome ApplyAlone(StoreConnection connection, Container container, PartitionKeyRange range, PreparedItem item, long now)
    {
        if (item.Refusal is null && !range.Keys.Contains(item.Key))
            return ItemOutcome.Refused(ScopedRanges.Gone(range.Name), charge: 0);
        var transaction = new ItemTransaction(connection, container, range, now);
        var outcome = transaction.Apply(item);
        transaction.Complete();
        return outcome;
    }

    private static ItemOperation ItemOperationOf(BatchOperation operation) => new(KindOf(operation.Type))
    {
        // A create or upsert is about the id in its body, wherever else the client may have put one.
        Id = operation.Type is BatchOperationType.Create or BatchOperationType.Upsert ? null : operation.Id,
        Body = operation.Body,
        IfMatch = operation.IfMatch,
        IfNoneMatch = operation.IfNoneMatch,
        PrefersMinimalReturn = operation.PrefersMinimalReturn,
    };

    private static ItemOperationKind KindOf(BatchOperationType type) => type switch
    {
        BatchOperationType.Create => ItemOperationKind.Create,
        BatchOperationType.Upsert => ItemOperationKind.Upsert,
        BatchOperationType.Read => ItemOperationKind.Read,
        BatchOperationType.Replace => ItemOperationKind.Replace,
        BatchOperationType.Delete => ItemOperationKind.Delete,
        BatchOperationType.Patch => ItemOperationKind.Patch,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private sealed record Answer(IReadOnlyList<ItemOutcome> Outcomes, PartitionKeyRange Range, long Lsn);
}
