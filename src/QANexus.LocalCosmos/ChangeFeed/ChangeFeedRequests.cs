using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>The change feed in both modes. A page never ends inside a transaction, and its position is an LSN, which no split changes.</summary>
internal sealed class ChangeFeedRequests(AccountData account, SessionReads reads, FaultRules faults)
{
    private const string LatestVersions = "Incremental Feed";
    private const string AllVersions = "Full-Fidelity Feed";

    public GatewayResponse Handle(DataRequest data)
    {
        var isAllVersions = IsAllVersions(data.Header(CosmosHeaders.AIm)!);
        if (isAllVersions)
            AllVersionsFeed.RequireServable(data);
        var scope = ScopedRanges.Of(data);
        var start = ChangeFeedStart.Of(data);
        var size = RequestOptions.PageSize(data.Request);
        var now = account.Time.GetUtcNow();
        var disturbance = isAllVersions ? null : FeedDisturbance.Find(faults, data, start);
        var read = reads.Read(data, scope.Range, connection => isAllVersions
            ? AllVersionsFeed.ReadPage(connection, data.Container, scope, start, size, now.ToUnixTimeSeconds())
            : LatestVersionsFeed.ReadPage(connection, data.Container, scope, start, size, now, disturbance));
        return Respond(data.Container, scope, read);
    }

    private static bool IsAllVersions(string mode)
    {
        if (string.Equals(mode, AllVersions, StringComparison.OrdinalIgnoreCase))
            return true;
        return string.Equals(mode, LatestVersions, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw RequestRefusedException.Unsupported($"the change feed mode '{mode}'; it knows '{LatestVersions}' and '{AllVersions}'");
    }

    private static GatewayResponse Respond(Container container, FeedScope scope, SessionRead<ChangePage> read)
    {
        var page = read.Result.Page;
        var response = page.Count == 0
            ? GatewayResponse.Empty(304)
            : GatewayResponse.Json(200, JsonBody.WriteFeed(container.Rid.ToString(), "Documents", page.Entries));
        response.Headers[CosmosHeaders.Etag] = read.Result.Position.ToString();
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        return response.WithItemHeaders(container, scope.Range, read.Lsn, page.Charge);
    }
}
