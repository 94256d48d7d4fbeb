using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>What it takes to fold a stream to its end.</summary>
/// <param name="Found">The snapshot to begin with, if it has one.</param>
/// <param name="Events">Every event after it, in order, in their latest form.</param>
/// <param name="Position">The end of the stream.</param>
/// <param name="LatestStoredAt">When the event of the stream was stored that was stored last.</param>
/// <param name="SawRedactions">
/// Every redaction that the snapshot's document tells of is in the events: without that, the state that they lead to must not be kept.
/// </param>
/// <param name="RequestCharge">Request units spent.</param>
internal sealed record StreamLoad(
    FoundSnapshot Found,
    IReadOnlyList<RecordedEvent> Events,
    StreamPosition Position,
    DateTimeOffset LatestStoredAt,
    bool SawRedactions,
    double RequestCharge);
