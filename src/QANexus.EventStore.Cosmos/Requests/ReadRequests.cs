using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Feeds;
using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>
/// Reads of one container: charged to a meter, repeated while the failure is transient, and translated into the store's own exceptions.
/// </summary>
internal sealed class ReadRequests(Container container, CosmosEventStoreOptions options, TimeProvider time)
{
    private readonly Backoff backoff = new(options, time);

    /// <summary>The document, or null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> PointReadAsync(
        string id, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => container.ReadItemStreamAsync(id, partition, cancellationToken: cancellationToken), charge, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        return await ContentAsync(response, cancellationToken);
    }

    /// <summary>The documents of these ids and full keys that exist, in the form of a page of a query.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadManyAsync(
        IReadOnlyList<(string Id, PartitionKey Partition)> items, ChargeMeter charge, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => container.ReadManyItemsStreamAsync(items, cancellationToken: cancellationToken), charge, cancellationToken);
        return response.IsSuccessStatusCode ? await ContentAsync(response, cancellationToken) : ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>The documents of a key prefix that were written after a place in the change feed, in one page.</summary>
    /// <param name="prefix">The key prefix; it decides where <paramref name="continuation"/> is null.</param>
    /// <param name="continuation">Where the page before ended; null for the beginning.</param>
    /// <param name="pageSize">Documents to return; a transaction of several is never cut.</param>
    /// <param name="charge">Pays.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="InvalidFeedPositionException">The continuation is none of this container.</exception>
    public Task<ChangePage> ReadChangesAsync(
        PartitionKey prefix, string? continuation, int pageSize, ChargeMeter charge, CancellationToken cancellationToken) =>
        ReadChangesAsync(FeedRange.FromPartitionKey(prefix), continuation, pageSize, charge, cancellationToken);

    /// <summary>The documents of a feed range that were written after a place in the change feed, in one page.</summary>
    /// <inheritdoc cref="ReadChangesAsync(PartitionKey, string?, int, ChargeMeter, CancellationToken)"/>
    public async Task<ChangePage> ReadChangesAsync(
        FeedRange range, string? continuation, int pageSize, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var start = continuation is null
            ? ChangeFeedStartFrom.Beginning(range)
            : ChangeFeedStartFrom.ContinuationToken(continuation);
        for (var isRefreshed = false; ; isRefreshed = true)
        {
            using var response = await SendAsync(ReadAsync, charge, cancellationToken);
            var page = response.StatusCode switch
            {
                HttpStatusCode.NotModified => new ChangePage(ReadOnlyMemory<byte>.Empty, response.ContinuationToken),
                HttpStatusCode.OK => new ChangePage(await ContentAsync(response, cancellationToken), response.ContinuationToken),
                _ => throw RequestFailure.From(response).ToException(),
            };
            if (page.IsEmpty || FeedContinuation.IsOf(page.Continuation, CommitPage.ContainerOf(page.Body)))
            {
                return page;
            }

            // The SDK takes the container for one that is gone, whose places mean nothing in the one that has its name now.
            await LookAgainAsync(cancellationToken);
            if (continuation is not null || isRefreshed)
            {
                throw RequestFailure.OfAnotherContainer();
            }
        }

        // An iterator of the SDK that failed is not used again; a new one begins at the same place.
        async Task<ResponseMessage> ReadAsync()
        {
            using var iterator = container.GetChangeFeedStreamIterator(
                start, ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
            return await iterator.ReadNextAsync(cancellationToken);
        }
    }

    /// <summary>The pages of a query, each read only when it is asked for; without a partition, of the whole container.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> QueryAsync(
        QueryDefinition query, PartitionKey? partition, int pageSize, ChargeMeter charge, CancellationToken cancellationToken) => QueryAsync(
            query, new QueryRequestOptions { PartitionKey = partition, MaxItemCount = pageSize, EnableOptimisticDirectExecution = true }, charge, cancellationToken);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> QueryAsync(
        QueryDefinition query, QueryRequestOptions requestOptions, ChargeMeter charge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pages = new QueryPages(container, query, requestOptions);
        while (pages.HasMore)
        {
            using var page = await SendAsync(() => pages.ReadNextAsync(cancellationToken), charge, cancellationToken);
            if (!page.IsSuccessStatusCode)
            {
                throw RequestFailure.From(page).ToException();
            }

            yield return await ContentAsync(page, cancellationToken);
        }
    }

    /// <summary>The documents of one logical partition that have these ids and exist: a point read for one, one query for more.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> FindAsync(
        IReadOnlyCollection<string> ids, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        if (ids.Count == 1)
        {
            return await PointReadAsync(ids.First(), partition, charge, cancellationToken) is { } document ? [document] : [];
        }

        // Unlike ReadMany, a query of one logical partition asks for no plan first.
        var names = ids.Select(static (_, index) => string.Create(CultureInfo.InvariantCulture, $"@i{index}")).ToList();
        var query = ids.Zip(names).Aggregate(
            new QueryDefinition($"SELECT * FROM c WHERE c.id IN ({string.Join(", ", names)})"), static (sql, id) => sql.WithParameter(id.Second, id.First));
        var found = new List<ReadOnlyMemory<byte>>(ids.Count);
        // A page that is full to the brim would be followed by an empty one.
        await foreach (var page in QueryAsync(query, partition, ids.Count + 1, charge, cancellationToken))
        {
            found.AddRange(CommitPage.Split(page));
        }

        return found;
    }

    /// <summary>The pages of a query over all partitions.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> QueryAllAsync(QueryDefinition query, ChargeMeter charge, CancellationToken cancellationToken) =>
        QueryAsync(query, new QueryRequestOptions { MaxItemCount = 1_000 }, charge, cancellationToken);

    /// <summary>How many documents of a logical partition meet a condition.</summary>
    public Task<long> CountAsync(string condition, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken) =>
        CountAsync(new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE {condition}"), partition, charge, cancellationToken);

    /// <summary>What a query of <c>COUNT(1)</c> counts; without a partition, in the whole container.</summary>
    public async Task<long> CountAsync(QueryDefinition query, PartitionKey? partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var page in QueryAsync(query, partition, 1, charge, cancellationToken))
        {
            count += CommitPage.Split(page).Sum(static value => JsonSerializer.Deserialize(value.Span, CommitJson.Default.Int64));
        }

        return count;
    }

    private async Task<ResponseMessage> SendAsync(Func<Task<ResponseMessage>> send, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            RequestFailure failure;
            try
            {
                var response = await send();
                charge.Add(response.Headers.RequestCharge);
                failure = RequestFailure.From(response);
                if (response.IsSuccessStatusCode || failure.IsNotFound || response.StatusCode is HttpStatusCode.NotModified)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } found)
            {
                failure = found;
            }

            if (!failure.IsTransient || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Has the SDK find out which container has the name: of all that it offers, this alone does not trust what it remembers.</summary>
    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await container.GetFeedRangesAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } failure)
        {
            throw failure.ToException();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ContentAsync(ResponseMessage response, CancellationToken cancellationToken)
    {
        // A copy of our own: the events keep slices of it, and the SDK may pool its buffers.
        var content = new byte[response.Content.Length];
        await response.Content.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
