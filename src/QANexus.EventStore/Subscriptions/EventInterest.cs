using System.Collections.Frozen;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Which events a consumer takes, by the types that they are stored under.</summary>
internal sealed class EventInterest
{
    private readonly FrozenSet<EventType>? types;

    private EventInterest(FrozenSet<EventType>? types) => this.types = types;

    /// <summary>Every event, whatever its type.</summary>
    public static EventInterest Everything { get; } = new(types: null);

    /// <summary>The types, or null for all.</summary>
    public IReadOnlyCollection<EventType>? Types => types;

    /// <summary>Every stored type that can become one of <paramref name="wanted"/>; null wants all.</summary>
    public static EventInterest In(IEnumerable<EventType>? wanted, EventCatalog catalog) =>
        wanted is null ? Everything : new(wanted.SelectMany(catalog.StoredNamesOf).ToFrozenSet());

    public static EventInterest Union(IEnumerable<EventInterest> interests)
    {
        var all = interests.ToList();
        return all.Exists(static interest => interest.types is null)
            ? Everything
            : new(all.SelectMany(static interest => interest.types!).ToFrozenSet());
    }

    public bool Takes(EventType stored) => types is null || types.Contains(stored);

    /// <summary>Whether a commit with these types may be of interest; one whose types are not known may.</summary>
    public bool TakesAny(IReadOnlyList<EventType> stored) => types is null || stored.Count == 0 || stored.Any(types.Contains);

    public bool TakesAny(StoredCommit commit) => types is null || commit.Damage is not null || commit.Events.Any(e => types.Contains(e.Type));
}
