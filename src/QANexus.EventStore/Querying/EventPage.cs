using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Querying;

/// <summary>A page of a tenant query.</summary>
/// <param name="Events">By <c>storedAt</c>: the writers' clocks, which promise no order between streams. Fewer than asked for where their data
/// would exceed 4 MiB or where upcasting or <see cref="EventQuery.Actor"/> leaves out most of what is stored; none at all with a next page, if very much.</param>
/// <param name="Next">Where the next page begins; null on the last page.</param>
/// <param name="RequestCharge">Request units spent.</param>
public sealed record EventPage(IReadOnlyList<RecordedEvent> Events, EventCursor? Next, double RequestCharge);
