using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>
/// The change feed with latest versions: every document once, at its last write, in the order of the transactions. A page never ends inside
/// a transaction, and its position is an LSN, which no split changes.
/// </summary>
internal sealed class ChangeFeedRequests(AccountData account, SessionReads reads)
{
    private const string LatestVersions = "Incremental Feed";

    public GatewayResponse Handle(DataRequest data)
    {
        var mode = data.Header(CosmosHeaders.AIm)!;
        if (!string.Equals(mode, LatestVersions, StringComparison.OrdinalIgnoreCase))
            throw RequestRefusedException.Unsupported($"the change feed mode '{mode}'; 'Incremental Feed' (latest versions) is the one it knows");
        var scope = ScopedRanges.Of(data);
        var start = ChangeFeedStart.Of(data);
        var size = RequestOptions.PageSize(data.Request);
        var now = account.Now;
        var read = reads.Read(data, scope.Range, connection =>
        {
            var position = RangePosition.Read(connection, data.Container.Number, scope.Range.Id);
            return start.FromNow ? new ChangePage(new FeedPage(), position) : ReadPage(connection, data.Container, scope, start, size, position, now);
        });
        return Respond(data.Container, scope, read);
    }

    private static GatewayResponse Respond(Container container, FeedScope scope, SessionRead<ChangePage> read)
    {
        var page = read.Result.Page;
        var response = page.Count == 0
            ? GatewayResponse.Empty(304)
            : GatewayResponse.Json(200, JsonBody.WriteFeed(container.Rid.ToString(), "Documents", page.ToJsonArray(), page.Count));
        response.Headers[CosmosHeaders.Etag] = string.Create(CultureInfo.InvariantCulture, $"\"{read.Result.Position}\"");
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        return response.WithItemHeaders(container, scope.Range, read.Lsn, page.Charge);
    }

    private static ChangePage ReadPage(
        StoreConnection connection, Container container, FeedScope scope, ChangeFeedStart start, int size, long position, long now)
    {
        var page = new FeedPage();
        foreach (var row in Changes(connection, container, scope, start.AfterLsn))
        {
            if (row.Timestamp < start.SinceTimestamp || row.IsExpired(container.Definition.DefaultTimeToLive, now))
                continue;
            if (page.IsFull(size) && row.Lsn != page.LastLsn)
                return new ChangePage(page, page.LastLsn);
            page.AddChange(row);
        }

        // All there was has been seen, also what is not in the scope. A lagging state must not send the reader back.
        return new ChangePage(page, Math.Max(start.AfterLsn, position));
    }

    // By the scope, every document of it is looked at; by the log, everything that was written since. A logical partition is small, and at the
    // beginning the log is everything; else the log is shorter.
    private static IEnumerable<DocumentRow> Changes(StoreConnection connection, Container container, FeedScope scope, long afterLsn) =>
        scope.IsLogicalPartition || (afterLsn == 0 && !scope.IsWholeRange)
            ? ScanScope(connection, container, scope, afterLsn)
            : ScanLog(connection, container, scope, afterLsn);

    private static IEnumerable<DocumentRow> ScanLog(StoreConnection connection, Container container, FeedScope scope, long afterLsn)
    {
        using var rows = connection.Prepare(container.Statements.ScanChanges);
        rows.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, afterLsn);
        while (rows.Step())
            yield return DocumentRow.Read(rows);
    }

    private static IEnumerable<DocumentRow> ScanScope(StoreConnection connection, Container container, FeedScope scope, long afterLsn)
    {
        var table = new ItemTable(connection, container);
        using var numbers = connection.Prepare(container.Statements.ScanChangedNumbers);
        numbers.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, afterLsn);
        while (numbers.Step())
            yield return table.Find(numbers.Integer(0))!;
    }

    private sealed record ChangePage(FeedPage Page, long Position);
}
