using QANexus.EventStore.Reading;

namespace QANexus.ReadModels.Auditing;

/// <summary>Who did what when and why: one event, without its data but for the reason that was given.</summary>
/// <param name="AggregateType">What kind of aggregate it happened to.</param>
/// <param name="AggregateId">Which of them.</param>
/// <param name="Version">The event's version.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Type">What happened.</param>
/// <param name="Actor">Who did it, if known.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="CorrelationId">The business transaction that it belongs to.</param>
/// <param name="CausationId">The message that caused it.</param>
/// <param name="Source">The system that it came from.</param>
/// <param name="Reason">
/// Why it was done: the text <c>reason</c> of the event's data, of which at most <see cref="MaxReasonLength"/> UTF-16 code units are kept. Null where there
/// is none, and once the event is redacted.
/// </param>
/// <param name="Redaction">In the entry of a redaction: when, by whom and why the event's data were taken away.</param>
public sealed record AuditEntry(
    string AggregateType, string AggregateId, long Version, string EventId, string Type, string? Actor, DateTimeOffset OccurredAt,
    DateTimeOffset StoredAt, string? CorrelationId, string? CausationId, string? Source, string? Reason, Redaction? Redaction)
{
    /// <summary>How much of a reason is kept, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 1_000;
}
