using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>The aggregates of one kind in one tenant. Costs nothing to make; <see cref="AggregateRepositories{TState}.For"/> makes it.</summary>
public sealed class AggregateRepository<TState>
    where TState : class
{
    private readonly AggregateDefinition<TState> definition;
    private readonly EventUpcaster upcaster;
    private readonly ITenantEventStore store;
    private readonly StateLoads<TState> loads;
    private readonly PastFold<TState> past;
    private readonly AggregateOptions options;
    private readonly TimeProvider time;

    internal AggregateRepository(
        AggregateDefinition<TState> definition,
        EventUpcaster upcaster,
        ITenantEventStore store,
        StateLoads<TState> loads,
        PastFold<TState> past,
        AggregateOptions options,
        TimeProvider time)
    {
        this.definition = definition;
        this.upcaster = upcaster;
        this.store = store;
        this.loads = loads;
        this.past = past;
        this.options = options;
        this.time = time;
    }

    /// <summary>
    /// The newest state that a read can see, the definition's initial one where there are no events. It may lag behind writes of other processes;
    /// those of this one are in it.
    /// </summary>
    /// <exception cref="FoldFailedException">An event cannot be folded.</exception>
    /// <exception cref="CorruptStreamException">What is stored contradicts itself.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public Task<Aggregate<TState>> LoadAsync(AggregateId id, CancellationToken cancellationToken) => loads.LoadAsync(StreamOf(id), cancellationToken);

    /// <summary>The state at <paramref name="atLeast"/> or later, waited for up to <see cref="StreamReadOptions.AtLeastTimeout"/>.</summary>
    /// <inheritdoc cref="LoadAsync(AggregateId, CancellationToken)" path="/exception"/>
    public Task<Aggregate<TState>> LoadAsync(AggregateId id, StreamPosition atLeast, CancellationToken cancellationToken) =>
        loads.LoadAsync(StreamOf(id), atLeast, cancellationToken);

    /// <summary>
    /// The state as it was; the newest where neither a version nor a time is asked for. Null where there was no such event. A version after the newest
    /// snapshot is folded from there, any other and every time from the first event on.
    /// </summary>
    /// <exception cref="ArgumentException">Both a version and a time are asked for.</exception>
    /// <inheritdoc cref="LoadAsync(AggregateId, CancellationToken)" path="/exception"/>
    public Task<PastState<TState>?> ReadPastAsync(AggregateId id, StateReadOptions options, CancellationToken cancellationToken)
    {
        if (options is { Version: not null, AsOf: not null })
        {
            throw new ArgumentException("Either a version or a time can be asked for, not both.", nameof(options));
        }

        return past.ReadAsync(StreamOf(id), options, cancellationToken);
    }

    /// <summary>
    /// Decides a command on the newest state and appends its events, all or none. Repeating a command that has a commit id is always safe and gives
    /// the first answer again, whatever the decision would be now.
    /// </summary>
    /// <param name="command">What is asked.</param>
    /// <param name="cancellationToken">Observed until the write is sent; after that its outcome is awaited.</param>
    /// <exception cref="ArgumentException">The command has a commit id and no fingerprint, holds a state of another position than it expects, or raises an event of a class that is not registered.</exception>
    /// <exception cref="InvalidAppendException">An event breaks a rule or a limit; nothing was written.</exception>
    /// <exception cref="FoldFailedException">An event, stored or about to be, cannot be folded; nothing was written.</exception>
    /// <exception cref="StoreThrottledException">No request units are left; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or other writers came first too often; nothing was written.</exception>
    /// <exception cref="AppendOutcomeUnknownException">The write was sent and its outcome could not be learnt; repeat with its commit id.</exception>
    public Task<CommandResult<TState>> ExecuteAsync(AggregateCommand<TState> command, CancellationToken cancellationToken)
    {
        if (command is { CommitId: not null, Fingerprint: null })
        {
            throw new ArgumentException("A command with a commit id takes the fingerprint of its request with it.", nameof(command));
        }

        if (command.Held is { } held && command.Expected != ExpectedPosition.At(held.Position))
        {
            throw new ArgumentException("A command on a state that is held expects the position of that state.", nameof(command));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(command.MaxAttempts ?? 1, 1, nameof(command));
        return new CommandRun<TState>(definition, upcaster.Catalog, store, loads, options, time, command).RunAsync(cancellationToken);
    }

    private StreamId StreamOf(AggregateId id) => new(definition.Type, id);
}
