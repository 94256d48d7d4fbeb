namespace QANexus.LocalCosmos.Routing;

/// <summary>Sub-status codes that clients act on.</summary>
internal static class SubStatusCodes
{
    /// <summary>400: the partition key of the document is not the one of the request.</summary>
    public const int PartitionKeyMismatch = 1001;

    /// <summary>404: this state is older than the session token demands. 410: the range has been split.</summary>
    public const int ReadSessionNotAvailable = 1002;

    public const int PartitionKeyRangeGone = 1002;

    /// <summary>404: the container, not the item, is what is missing.</summary>
    public const int OwnerResourceNotFound = 1003;

    /// <summary>400: the query spans physical partitions, so the client is to run it by its plan.</summary>
    public const int CrossPartitionQueryNotServable = 1004;

    /// <summary>429: the throughput of the range is used up.</summary>
    public const int ThroughputExceeded = 3200;
}
