using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>
/// The change feed with latest versions: every document once, at its last write, in the order of the transactions. A page never ends inside
/// a transaction, and its position is an LSN, which no split changes.
/// </summary>
internal sealed class ChangeFeedRequests(AccountData account, SessionReads reads, FaultRules faults)
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
        var now = account.Time.GetUtcNow();
        var disturbance = FeedDisturbance.Find(faults, data, start);
        var read = reads.Read(data, scope.Range, connection =>
        {
            var position = RangePosition.Read(connection, data.Container.Number, scope.Range.Id);
            if (start.FromNow)
                return new ChangePage(new FeedPage(), new FeedPosition(position));
            var source = new ChangeSource(connection, data.Container, scope);
            return disturbance?.ReadPage(source, start, size, position, now) ?? ReadPage(source, start, size, position, now.ToUnixTimeSeconds());
        });
        return Respond(data.Container, scope, read);
    }

    private static GatewayResponse Respond(Container container, FeedScope scope, SessionRead<ChangePage> read)
    {
        var page = read.Result.Page;
        var response = page.Count == 0
            ? GatewayResponse.Empty(304)
            : GatewayResponse.Json(200, JsonBody.WriteFeed(container.Rid.ToString(), "Documents", page.ToJsonArray(), page.Count));
        response.Headers[CosmosHeaders.Etag] = read.Result.Position.ToString();
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        return response.WithItemHeaders(container, scope.Range, read.Lsn, page.Charge);
    }

    private static ChangePage ReadPage(ChangeSource source, ChangeFeedStart start, int size, long position, long now)
    {
        var page = new FeedPage();
        foreach (var row in source.After(start.AfterLsn))
        {
            if (row.Timestamp < start.SinceTimestamp || source.IsExpired(row, now))
                continue;
            if (page.IsFull(size) && row.Lsn != page.LastLsn)
                return new ChangePage(page, new FeedPosition(page.LastLsn));
            page.AddChange(row);
        }

        // All there was has been seen, also what is not in the scope. A lagging state must not send the reader back.
        return new ChangePage(page, new FeedPosition(Math.Max(start.AfterLsn, position)));
    }
}
