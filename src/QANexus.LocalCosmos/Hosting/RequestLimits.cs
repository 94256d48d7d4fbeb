namespace QANexus.LocalCosmos.Hosting;

/// <summary>What both transports take in.</summary>
internal static class RequestLimits
{
    /// <summary>Twice the largest item: room for a batch's framing, and for an oversized item to be told apart by the account itself.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Up to here a body that is too large is read and thrown away, so that the client is listening when the 413 comes.</summary>
    public const int MaxDrainedBytes = 32 * 1024 * 1024;
}
