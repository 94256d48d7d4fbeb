namespace QANexus.LocalCosmos.Batching;

/// <summary>What became of one operation. A status of 0 would make the SDK discard the whole answer, so it is required.</summary>
internal sealed record BatchResult(int StatusCode)
{
    public int SubStatusCode { get; init; }

    public string? Etag { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public uint? RetryAfterMilliseconds { get; init; }

    public double? RequestCharge { get; init; }
}
