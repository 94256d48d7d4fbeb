namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>What made a version. The numbers are stored.</summary>
internal enum VersionKind
{
    Create = 0,
    Replace = 1,
    Delete = 2,

    /// <summary>A delete because the item's time to live was over.</summary>
    Expire = 3,
}

/// <summary>One change of one item.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Lsn">Of its transaction.</param>
/// <param name="Timestamp">Of its transaction, in seconds since 1970.</param>
/// <param name="PreviousLsn">Of the transaction that wrote what was there before; null where nothing was.</param>
/// <param name="Current">The document as it is read from then on; null where it is gone.</param>
/// <param name="Previous">The document as it was read until then; null where there was none.</param>
internal sealed record ItemVersion(VersionKind Kind, long Lsn, long Timestamp, long? PreviousLsn, byte[]? Current, byte[]? Previous);
