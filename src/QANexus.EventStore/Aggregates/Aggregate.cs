using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>An aggregate as its events tell it.</summary>
/// <param name="Stream">Which.</param>
/// <param name="State">Its state, the definition's initial one where there are no events.</param>
/// <param name="Position">Up to where events are folded into it; <see cref="StreamPosition.Start"/> where there are none.</param>
/// <param name="RequestCharge">Request units spent to get it.</param>
public sealed record Aggregate<TState>(StreamId Stream, TState State, StreamPosition Position, double RequestCharge)
    where TState : class
{
    /// <summary>When it was folded from what is stored, as a timestamp: events folded on top later do not make it younger.</summary>
    internal long FoldedAt { get; init; }

    /// <summary>It has at least one event.</summary>
    public bool Exists => Position != StreamPosition.Start;
}
