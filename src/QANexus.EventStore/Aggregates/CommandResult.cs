using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// What became of a command. Whatever is not <see cref="Appended"/> wrote nothing, was confirmed where the newest state is known, and is no repeat
/// of a command that was carried out earlier.
/// </summary>
/// <param name="RequestCharge">Request units spent, retries and look-ups included.</param>
public abstract record CommandResult<TState>(double RequestCharge)
    where TState : class
{
    /// <summary>The events are in the stream, durably and once.</summary>
    /// <param name="Aggregate">The aggregate with the events; for a replay as it is now, which may be later.</param>
    /// <param name="Receipt">Where the events are, the same for every repeat of the command.</param>
    /// <param name="Events">The events as stored, in the latest form of their types; the same for every repeat.</param>
    /// <param name="IsReplay">The command had been carried out before, by an earlier call: this one wrote nothing.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Appended(
        Aggregate<TState> Aggregate, AppendReceipt Receipt, IReadOnlyList<RecordedEvent> Events, bool IsReplay, double RequestCharge)
        : CommandResult<TState>(RequestCharge);

    /// <summary>What the command asks for is so already.</summary>
    /// <param name="Aggregate">The aggregate, unchanged.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Unchanged(Aggregate<TState> Aggregate, double RequestCharge) : CommandResult<TState>(RequestCharge);

    /// <summary>A domain rule says no.</summary>
    /// <param name="Aggregate">The aggregate that it was decided on.</param>
    /// <param name="Rejection">Which rule, and why.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record Rejected(Aggregate<TState> Aggregate, Decision.Rejection Rejection, double RequestCharge) : CommandResult<TState>(RequestCharge);

    /// <summary>There is no such aggregate, and the command is not one that begins it.</summary>
    /// <param name="Stream">Which.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record NotFound(StreamId Stream, double RequestCharge) : CommandResult<TState>(RequestCharge);

    /// <summary>The stream is not where the caller expected it.</summary>
    /// <param name="Current">Where it is.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record VersionConflict(StreamPosition Current, double RequestCharge) : CommandResult<TState>(RequestCharge);

    /// <summary>The commit id stands for another request in this stream.</summary>
    /// <param name="CommitId">The key.</param>
    /// <param name="RequestCharge">Request units spent.</param>
    public sealed record KeyReused(CommitId CommitId, double RequestCharge) : CommandResult<TState>(RequestCharge);
}
