using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>Something that is asked of one aggregate.</summary>
public sealed record AggregateCommand<TState>
    where TState : class
{
    /// <summary>Which aggregate.</summary>
    public required AggregateId Id { get; init; }

    /// <summary>
    /// What the aggregate makes of it. Called again, with a newer state, when another writer came first: it must be a pure function of the state.
    /// </summary>
    public required Func<TState, Decision> Decide { get; init; }

    /// <summary>
    /// What must be true of the stream. Where nothing is said the aggregate must exist. <see cref="ExpectedPosition.NoStream"/> is for commands that
    /// begin one: nothing is read, they are decided on the initial state.
    /// </summary>
    public ExpectedPosition Expected { get; init; } = ExpectedPosition.StreamExists;

    /// <summary>
    /// The state to decide on, instead of one that is loaded: for a long series of commands each of which needs little of what the ones before made. It is
    /// as new as <see cref="Expected"/> says, which must be its position. It need not have everything that its events told; what comes of the command is
    /// folded on top of it and not remembered.
    /// </summary>
    public Aggregate<TState>? Held { get; init; }

    /// <summary>The caller's idempotency key. It takes a <see cref="Fingerprint"/> with it.</summary>
    public CommitId? CommitId { get; init; }

    /// <summary>
    /// The digest of the request as received, which tells a repeat from another request under the same key. The events cannot serve for that: they
    /// depend on the state that the command meets.
    /// </summary>
    public RequestFingerprint? Fingerprint { get; init; }

    /// <summary>Who and what caused it.</summary>
    public AppendMetadata Metadata { get; init; } = new();

    /// <summary>
    /// How often the command is decided at most, when other writers come first; null for <see cref="AggregateOptions.MaxAttempts"/>, 1 to hear of
    /// the first conflict. A command that expects an exact position is never decided on another one.
    /// </summary>
    public int? MaxAttempts { get; init; }
}
