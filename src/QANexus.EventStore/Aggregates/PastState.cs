using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>An aggregate as it was. Nothing can be appended there, so it has no position.</summary>
/// <param name="Stream">Which.</param>
/// <param name="State">Its state then.</param>
/// <param name="Version">The last event in it.</param>
/// <param name="Commit">The commit that this event is in, perhaps not its last.</param>
/// <param name="RequestCharge">Request units spent to get it.</param>
public sealed record PastState<TState>(StreamId Stream, TState State, long Version, long Commit, double RequestCharge)
    where TState : class;
