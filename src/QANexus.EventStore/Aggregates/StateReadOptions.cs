using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>Which state of an aggregate to read; the newest where nothing is said.</summary>
public sealed record StateReadOptions
{
    /// <summary>The state after this event, from 1.</summary>
    public long? Version { get; init; }

    /// <summary>The state with every commit before the first one that was stored after this time. Not together with <see cref="Version"/>.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The stream must have reached this position when it is read.</summary>
    public StreamPosition? AtLeast { get; init; }
}
