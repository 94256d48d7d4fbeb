using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.Querying;

/// <summary>All documents of a scope in creation order, page by page. The continuation is the number of the last one, which no split changes.</summary>
internal sealed class ReadFeedRequests(AccountData account, SessionReads reads)
{
    public GatewayResponse Handle(DataRequest data)
    {
        var container = data.Container;
        var scope = ScopedRanges.OfFeed(data);
        var after = ReadContinuation(data.Header(CosmosHeaders.Continuation));
        var size = RequestOptions.PageSize(data.Request);
        var now = account.Now;
        var read = reads.Read(data, scope.Range, connection =>
        {
            var page = new FeedPage();
            var rows = new DocumentScan(connection, container, scope, now).ScanNumbers(after)
                .Where(row => !row.IsExpired(container.Definition.DefaultTimeToLive, now));
            foreach (var row in rows)
            {
                if (page.IsFull(size))
                    return (Page: page, HasMore: true);
                page.Add(row);
            }

            return (Page: page, HasMore: false);
        });
        var (page, hasMore) = read.Result;
        var response = GatewayResponse.Json(200, JsonBody.WriteFeed(container.Rid.ToString(), "Documents", page.Entries));
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        if (hasMore)
            response.Headers[CosmosHeaders.Continuation] = page.LastNumber.ToString(CultureInfo.InvariantCulture);
        return response.WithItemHeaders(container, scope.Range, read.Lsn, page.Charge);
    }

    private static long ReadContinuation(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw RequestRefusedException.BadRequest("The continuation is not one that a read feed returned.");
    }
}
