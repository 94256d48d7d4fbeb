using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>What became of an append. Whatever is not <see cref="Appended"/> wrote nothing.</summary>
/// <param name="RequestCharge">Request units spent, retries and look-ups included.</param>
public abstract record AppendResult(double RequestCharge)
{
    /// <summary>The events are in the stream, durably and once.</summary>
    /// <param name="Receipt">Where, the same for every repeat of the request.</param>
    /// <param name="IsReplay">The request had been stored before, by an earlier call: this one wrote nothing.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Appended(AppendReceipt Receipt, bool IsReplay, double RequestCharge) : AppendResult(RequestCharge);

    /// <summary>The stream is not where the caller expected it.</summary>
    /// <param name="Current">Where it is.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record VersionConflict(StreamPosition Current, double RequestCharge) : AppendResult(RequestCharge);

    /// <summary>The commit id stands for other content in this stream.</summary>
    /// <param name="CommitId">The key.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record KeyReused(CommitId CommitId, double RequestCharge) : AppendResult(RequestCharge);
}
