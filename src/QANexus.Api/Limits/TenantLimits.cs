using System.ComponentModel.DataAnnotations;
using QANexus.Api.Streams;

namespace QANexus.Api.Limits;

/// <summary>What one tenant may ask of one instance of the host. What is not set is as the API documents it; it can only be lowered.</summary>
public sealed class TenantLimits
{
    internal const int LargestPage = 1000;

    /// <summary>
    /// Requests a second, on average. Whoever asks more often gets 429 <c>throttled</c> with the time to wait, before the store is asked anything. Each
    /// instance counts for itself, so n instances let n times as many through. Default: no limit.
    /// </summary>
    [Range(1, 1_000_000)]
    public int? RequestsPerSecond { get; set; }

    /// <summary>Requests at once that are let through after a time of rest. Default: two seconds' worth of <see cref="RequestsPerSecond"/>.</summary>
    [Range(1, 1_000_000)]
    public int? RequestBurst { get; set; }

    /// <summary>Bytes of the body of an append or a snapshot, 16 KiB to 1 MiB. Default 1 MiB.</summary>
    [Range(16 * 1024, AppendBody.MaxBytes)]
    public int? MaxBodyBytes { get; set; }

    /// <summary>The largest <c>maxCount</c> of a page, 1 to 1,000. Default 1,000.</summary>
    [Range(1, LargestPage)]
    public int? MaxPageSize { get; set; }
}
