using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Querying;

/// <summary>Which of a tenant's events to find. All conditions must hold; none at all finds every event.</summary>
public sealed record EventQuery
{
    /// <summary>Events of one page where nothing is said.</summary>
    public const int DefaultMaxCount = 200;

    /// <summary>Events of one page at most.</summary>
    public const int LargestMaxCount = 1_000;

    /// <summary>Events of this type.</summary>
    public EventType? Type { get; init; }

    /// <summary>Events of streams of this aggregate type.</summary>
    public AggregateType? AggregateType { get; init; }

    /// <summary>Events that occurred after this time, exclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Events that occurred up to this time, inclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// Events that this caller appended, <see cref="Appending.AppendMetadata.Actor"/>. No index helps to find them: a page looks at 5,000 stored events at
    /// most that the other conditions leave, and may hold few of those asked for, even none, and have a next page.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>The oldest first or the newest.</summary>
    public ReadDirection Direction { get; init; }

    /// <summary>Events to return at most, 1 to <see cref="LargestMaxCount"/>.</summary>
    public int MaxCount { get; init; } = DefaultMaxCount;

    /// <summary>
    /// Upcast or as stored. <see cref="Type"/> is the type in this form: upcast, nothing is found under a name that its events have lost.
    /// </summary>
    public EventForm Form { get; init; }

    /// <summary>Where the page before ended.</summary>
    public EventCursor? After { get; init; }

    /// <summary>Stored names to look for instead of <see cref="Type"/>, as the layer that upcasts found them.</summary>
    internal IReadOnlyList<EventType>? StoredTypes { get; init; }

    /// <summary>The types that a stored event must be one of to be looked at; null where any will do.</summary>
    internal IReadOnlyList<EventType>? TypesInStore => StoredTypes ?? (Type is { } type ? [type] : null);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal static void Check(EventQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.MaxCount, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.MaxCount, LargestMaxCount, nameof(query));
    }
}
