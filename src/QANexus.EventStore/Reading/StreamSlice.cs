using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>A page of a stream.</summary>
/// <param name="Events">In the order asked for; empty for a stream without events. Fewer than asked for where their data would exceed 4 MiB.</param>
/// <param name="Position">The end of the whole stream when the page was read, whatever part of it was asked for.</param>
/// <param name="NextVersion">Where the next page begins in the same direction; null on the last page.</param>
/// <param name="RequestCharge">Request units spent.</param>
public sealed record StreamSlice(IReadOnlyList<RecordedEvent> Events, StreamPosition Position, long? NextVersion, double RequestCharge);
