using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>
/// The pages of one query. An iterator of the SDK that failed is not used again: a new one goes on after the last page that arrived.
/// </summary>
internal sealed class QueryPages(Container container, QueryDefinition query, QueryRequestOptions options) : IDisposable
{
    private FeedIterator? iterator;
    private string? continuation;

    public bool HasMore { get; private set; } = true;

    /// <summary>The next page, or the answer that says why there is none; asking again after a failure tries the same page again.</summary>
    public async Task<ResponseMessage> ReadNextAsync(CancellationToken cancellationToken)
    {
        iterator ??= container.GetItemQueryStreamIterator(query, continuation, options);
        var arrived = false;
        try
        {
            var page = await iterator.ReadNextAsync(cancellationToken);
            arrived = page.IsSuccessStatusCode;
            if (arrived)
            {
                continuation = page.ContinuationToken;
                HasMore = iterator.HasMoreResults;
            }

            return page;
        }
        finally
        {
            if (!arrived)
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        iterator?.Dispose();
        iterator = null;
    }
}
