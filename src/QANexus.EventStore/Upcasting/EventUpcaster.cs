using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// Brings stored events to the form that this build works with. Every read passes through it once; the same stored event always gives the same result.
/// </summary>
/// <param name="catalog">What the build knows.</param>
public sealed class EventUpcaster(EventCatalog catalog)
{
    /// <summary>What the build knows.</summary>
    public EventCatalog Catalog => catalog;

    /// <summary>
    /// The event in its latest form: the same instance where it is that already, none where it is dropped, or its parts with the ids
    /// <c>{eventId}.{n}</c>, from 1.
    /// </summary>
    /// <param name="tenant">Whose event it is, for look-ups.</param>
    /// <param name="stored">The event as stored.</param>
    /// <param name="cancellationToken">Cancels look-ups.</param>
    /// <exception cref="UpcastingFailedException">A step failed.</exception>
    /// <exception cref="UnknownSchemaVersionException">The event is of a newer version than this build knows.</exception>
    /// <exception cref="StoreThrottledException">A look-up found the store throttled.</exception>
    /// <exception cref="StoreUnavailableException">A look-up found the store unavailable.</exception>
    public ValueTask<IReadOnlyList<RecordedEvent>> UpcastAsync(TenantId tenant, RecordedEvent stored, CancellationToken cancellationToken) =>
        catalog.IsLatest(stored) ? new([stored]) : UpcastCoreAsync(tenant, stored, cancellationToken);

    /// <summary>Events one after the other: the same list where all are in their latest form already.</summary>
    /// <inheritdoc cref="UpcastAsync(TenantId, RecordedEvent, CancellationToken)"/>
    public ValueTask<IReadOnlyList<RecordedEvent>> UpcastAsync(
        TenantId tenant, IReadOnlyList<RecordedEvent> stored, CancellationToken cancellationToken)
    {
        for (var i = 0; i < stored.Count; i++)
        {
            if (!catalog.IsLatest(stored[i]))
            {
                return UpcastFromAsync(tenant, stored, i, cancellationToken);
            }
        }

        return new(stored);
    }

    /// <summary>
    /// Whether the event has a part of this id, or parts of that part. What is not split has none. How many a redacted event was split into is not
    /// known any more: it may have had any.
    /// </summary>
    /// <inheritdoc cref="UpcastAsync(TenantId, RecordedEvent, CancellationToken)"/>
    internal async ValueTask<bool> HasPartAsync(TenantId tenant, RecordedEvent stored, EventId part, CancellationToken cancellationToken) =>
        (await UpcastAsync(tenant, stored, cancellationToken))
            .Any(shown => shown.Id == part || shown.Id.IsPartOf(part) || (stored.Redaction is not null && shown.Id.IsPartOf(stored.Id)));

    private async ValueTask<IReadOnlyList<RecordedEvent>> UpcastFromAsync(
        TenantId tenant, IReadOnlyList<RecordedEvent> stored, int first, CancellationToken cancellationToken)
    {
        var events = new List<RecordedEvent>(stored.Count);
        events.AddRange(stored.Take(first));
        for (var i = first; i < stored.Count; i++)
        {
            if (catalog.IsLatest(stored[i]))
            {
                events.Add(stored[i]);
            }
            else
            {
                events.AddRange(await UpcastCoreAsync(tenant, stored[i], cancellationToken));
            }
        }

        return events;
    }

    private ValueTask<IReadOnlyList<RecordedEvent>> UpcastCoreAsync(TenantId tenant, RecordedEvent stored, CancellationToken cancellationToken) =>
        new UpcastRun(catalog, tenant, stored).RunAsync(cancellationToken);
}
