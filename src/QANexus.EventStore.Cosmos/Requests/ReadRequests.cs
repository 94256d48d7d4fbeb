using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;

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

    /// <summary>The pages of a query, each read only when it is asked for.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> QueryAsync(
        QueryDefinition query,
        PartitionKey partition,
        int pageSize,
        ChargeMeter charge,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pages = new QueryPages(
            container, query, new QueryRequestOptions { PartitionKey = partition, MaxItemCount = pageSize, EnableOptimisticDirectExecution = true });
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

    /// <summary>How many documents of a logical partition meet a condition.</summary>
    public async Task<long> CountAsync(string condition, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var page in QueryAsync(new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE {condition}"), partition, 1, charge, cancellationToken))
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
                if (response.IsSuccessStatusCode || failure.IsNotFound)
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

    private static async Task<ReadOnlyMemory<byte>> ContentAsync(ResponseMessage response, CancellationToken cancellationToken)
    {
        // A copy of our own: the events keep slices of it, and the SDK may pool its buffers.
        var content = new byte[response.Content.Length];
        await response.Content.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
