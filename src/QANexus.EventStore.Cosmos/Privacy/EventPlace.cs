using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>A commit that holds events of an id.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Commit">Its number.</param>
/// <param name="Id">The id as it is stored: of the whole event where a part was named.</param>
internal readonly record struct EventPlace(StreamId Stream, long Commit, EventId Id);
