using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>A stored event and whose it is.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Event">The event as stored.</param>
public readonly record struct StoredEvent(TenantId Tenant, RecordedEvent Event);
