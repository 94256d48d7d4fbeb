using QANexus.EventStore.Snapshots;

namespace QANexus.EventStore.Aggregates;

/// <summary>A state at the end of its stream, with what it was folded from.</summary>
internal sealed record FoldedStream<TState>(TState State, StreamLoad Load);
