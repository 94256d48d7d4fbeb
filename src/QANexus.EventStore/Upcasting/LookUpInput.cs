using System.Text.Json.Nodes;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// What a look-up may ask by. The same event is upcast again and again for ever, so ask for what was true when it happened
/// (<see cref="RecordedEvent.OccurredAt"/>), never for what is true now: states folded at different times would differ.
/// </summary>
/// <param name="Tenant">Whose event it is. Nothing of another tenant may be answered.</param>
/// <param name="Event">The event as stored.</param>
/// <param name="Data">A copy of its data in the version that the step takes.</param>
public sealed record LookUpInput(TenantId Tenant, RecordedEvent Event, JsonObject Data);
