using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Querying;

/// <summary>The answer to a look-up by id.</summary>
/// <param name="Event">The event, or null where the tenant has none of that id.</param>
/// <param name="RequestCharge">Request units spent.</param>
public readonly record struct FoundEvent(RecordedEvent? Event, double RequestCharge);
