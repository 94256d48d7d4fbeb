using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>What became of a decision not to write.</summary>
/// <param name="RequestCharge">Request units spent.</param>
public abstract record RefusalCheck(double RequestCharge)
{
    /// <summary>The stream ended there, and the request was not carried out before: refuse.</summary>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Confirmed(double RequestCharge) : RefusalCheck(RequestCharge);

    /// <summary>The stream has more commits: read what is new and decide again.</summary>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Outdated(double RequestCharge) : RefusalCheck(RequestCharge);

    /// <summary>The same request was carried out by an earlier call.</summary>
    /// <param name="Receipt">What it got.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record CarriedOut(AppendReceipt Receipt, double RequestCharge) : RefusalCheck(RequestCharge);

    /// <summary>The key stands for another request in this stream.</summary>
    /// <param name="CommitId">The key.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record KeyReused(CommitId CommitId, double RequestCharge) : RefusalCheck(RequestCharge);
}
