using System.Globalization;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Where a page of the change feed starts.</summary>
/// <param name="AfterLsn">Changes of later transactions only.</param>
/// <param name="FromNow">Nothing but the position is wanted.</param>
/// <param name="SinceTimestamp">Changes from this second on.</param>
internal sealed record ChangeFeedStart(long AfterLsn, bool FromNow = false, long SinceTimestamp = long.MinValue)
{
    /// <exception cref="RequestRefusedException">400: a position that no feed returned, or no date.</exception>
    public static ChangeFeedStart Of(DataRequest data)
    {
        switch (data.Header(CosmosHeaders.IfNoneMatch))
        {
            case "*":
                return new ChangeFeedStart(0, FromNow: true);
            case { } position:
                return long.TryParse(position.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var lsn)
                    ? new ChangeFeedStart(lsn)
                    : throw RequestRefusedException.BadRequest($"'{position}' is not a position of a change feed.");
        }

        if (data.Header(CosmosHeaders.IfModifiedSince) is not { } since)
            return new ChangeFeedStart(0);
        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new ChangeFeedStart(0, SinceTimestamp: time.ToUnixTimeSeconds())
            : throw RequestRefusedException.BadRequest($"'{since}' is not a date.");
    }
}
