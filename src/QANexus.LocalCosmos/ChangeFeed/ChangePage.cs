using QANexus.LocalCosmos.Querying;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>A page of the change feed, and where the next one starts.</summary>
internal sealed record ChangePage(FeedPage Page, FeedPosition Position);
