using System.Globalization;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Where a page of the change feed starts.</summary>
/// <param name="After">Changes of later transactions only, and what an injected fault has withheld of the earlier ones.</param>
/// <param name="FromNow">Nothing but the position is wanted.</param>
/// <param name="SinceTimestamp">Changes from this second on.</param>
internal sealed record ChangeFeedStart(FeedPosition After, bool FromNow = false, long SinceTimestamp = long.MinValue)
{
    public long AfterLsn => After.Lsn;

    /// <exception cref="RequestRefusedException">400: a position that no feed returned, or no date.</exception>
    public static ChangeFeedStart Of(DataRequest data)
    {
        switch (data.Header(CosmosHeaders.IfNoneMatch))
        {
            case "*":
                return new ChangeFeedStart(FeedPosition.Beginning, FromNow: true);
            case { } position:
                return FeedPosition.TryParse(position, out var after)
                    ? new ChangeFeedStart(after)
                    : throw RequestRefusedException.BadRequest($"'{position}' is not a position of a change feed.");
        }

        if (data.Header(CosmosHeaders.IfModifiedSince) is not { } since)
            return new ChangeFeedStart(FeedPosition.Beginning);
        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new ChangeFeedStart(FeedPosition.Beginning, SinceTimestamp: time.ToUnixTimeSeconds())
            : throw RequestRefusedException.BadRequest($"'{since}' is not a date.");
    }
}
