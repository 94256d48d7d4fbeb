using QANexus.LocalCosmos.Querying;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Changes, and the LSN to continue behind.</summary>
internal sealed record ChangePage(FeedPage Page, long Position);
