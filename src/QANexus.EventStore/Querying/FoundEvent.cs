using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Querying;

/// <summary>The answer to a look-up by id.</summary>
/// <param name="Event">The event, or null where the tenant has none of that id, or where upcasting drops or splits it.</param>
/// <param name="RequestCharge">Request units spent.</param>
public readonly record struct FoundEvent(RecordedEvent? Event, double RequestCharge)
{
    private readonly IReadOnlyList<EventId>? parts;

    /// <summary>The parts that the event of this id is split into, which are what can be found; empty for every other.</summary>
    public IReadOnlyList<EventId> Parts
    {
        get => parts ?? [];
        init => parts = value;
    }
}
