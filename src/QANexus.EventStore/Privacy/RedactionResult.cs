using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Privacy;

/// <summary>What became of a redaction.</summary>
/// <param name="RequestCharge">Request units spent, retries and look-ups included.</param>
public abstract record RedactionResult(double RequestCharge)
{
    /// <summary>The data of every event of the id is gone, by this call or by an earlier one.</summary>
    /// <param name="Events">
    /// These events as they are stored now, in the order of their storing; more than one where callers used an id again. Each says in
    /// <see cref="RecordedEvent.Redaction"/> who took its data away first.
    /// </param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Redacted(IReadOnlyList<RecordedEvent> Events, double RequestCharge) : RedactionResult(RequestCharge);

    /// <summary>The tenant has no event of the id.</summary>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record NotFound(double RequestCharge) : RedactionResult(RequestCharge);
}
