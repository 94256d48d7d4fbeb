using System.Globalization;
using System.Text;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.Api.Events;

/// <summary>Carries the place where a page ended to the next one, good for the same tenant and the same conditions only.</summary>
public sealed class EventCursors(ISigningKeys keys)
{
    /// <summary>The cursor to go on after <paramref name="place"/> with.</summary>
    internal async ValueTask<string> CreateAsync(TenantId tenant, EventQuery query, EventCursor place, CancellationToken cancellationToken)
    {
        var payload = string.Create(CultureInfo.InvariantCulture, $"{place.StoredAt.UtcTicks}:{place.Version}:{place.Stream}");
        return SignedToken.Create(
            await keys.GetAsync(refresh: false, cancellationToken), tenant, Purpose(query), Encoding.ASCII.GetBytes(payload));
    }

    /// <summary>The place that <paramref name="cursor"/> names, or null if it was not made for this tenant and these conditions.</summary>
    internal async ValueTask<EventCursor?> ReadAsync(TenantId tenant, EventQuery query, string cursor, CancellationToken cancellationToken)
    {
        var purpose = Purpose(query);
        return SignedToken.TryRead(await keys.GetAsync(refresh: false, cancellationToken), tenant, purpose, cursor, out var payload)
            || SignedToken.TryRead(await keys.GetAsync(refresh: true, cancellationToken), tenant, purpose, cursor, out payload)
            ? Parse(Encoding.ASCII.GetString(payload))
            : null;
    }

    /// <summary>What is signed was made by <see cref="CreateAsync"/>, so it parses.</summary>
    private static EventCursor Parse(string payload)
    {
        var parts = payload.Split(':', 3);
        return new EventCursor(
            new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero),
            StreamId.Parse(parts[2]),
            long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    // The number of events a page holds is no condition: a reader may take larger or smaller steps as it goes.
    private static string Purpose(EventQuery query) =>
        $"events\n{query.Type}\n{query.AggregateType}\n{Format(query.Since)}\n{Format(query.Until)}\n{query.Direction}\n{query.Actor}";

    private static string Format(DateTimeOffset? time) => time is { } value ? Rfc3339.FormatSortable(value) : string.Empty;
}
