using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>Carries out the commands by which an aggregate becomes what there is one of in a tenant.</summary>
public sealed class ReservationDesk(AggregateRepositories<ReservationState> reservations, TimeProvider time)
{
    /// <summary>How long whoever made a reservation may take to do what it protects; whoever has not done it by then has crashed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long after its reservation a command is decided at the latest. The rest of the grace is for its write to arrive and for clocks that differ.
    /// </summary>
    public static readonly TimeSpan DecideWithin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reserves, carries the command out, and gives the reservation back where nothing came of it. Repeating a command that broke off goes on with it.
    /// </summary>
    /// <param name="store">The tenant's.</param>
    /// <param name="aggregates">The kind that holds it.</param>
    /// <param name="reservation">What is reserved; its rule rejects the command where another aggregate has it.</param>
    /// <param name="command">What the reservation protects.</param>
    /// <param name="rightOf">What right an aggregate has to it.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer, or took too long for the reservation; the command wrote nothing.</exception>
    public async Task<CommandResult<TState>> ExecuteAsync<TState>(
        ITenantEventStore store, AggregateRepositories<TState> aggregates, Reservation reservation, AggregateCommand<TState> command,
        Func<TState, HolderRight> rightOf, CancellationToken cancellationToken)
        where TState : class
    {
        var repository = aggregates.For(store);
        var wish = new ReservationWish(store, reservation, command.Id, command.Metadata);
        var reserved = await MakeAsync(wish, holder => FindRightAsync(repository, holder, rightOf, cancellationToken), cancellationToken);
        var result = await repository.ExecuteAsync(command with { Decide = state => Decide(command.Decide(state), reserved) }, cancellationToken);
        var charge = reserved.RequestCharge + result.RequestCharge;
        var isDone = result is CommandResult<TState>.Appended { Aggregate.State: var after } && rightOf(after) == HolderRight.Held;
        return result with
        {
            RequestCharge = reserved.Version is { } version && !isDone
                ? charge + await TryReleaseAsync(wish, version, cancellationToken)
                : charge,
        };
    }

    /// <summary>
    /// Gives back what the aggregate of a command may hold and has no right to any more. Where that fails, whoever is next takes it over.
    /// </summary>
    /// <returns>Request units spent.</returns>
    public Task<double> TryReleaseAsync<TState>(
        ITenantEventStore store, Reservation reservation, AggregateCommand<TState> command, CancellationToken cancellationToken)
        where TState : class =>
        TryReleaseAsync(new ReservationWish(store, reservation, command.Id, command.Metadata), version: null, cancellationToken);

    /// <summary>Who has it, by the newest state there is; nobody where it is free. Whether the holder has a right to it still, the holder knows.</summary>
    public async Task<AggregateId?> FindHolderAsync(ITenantEventStore store, Reservation reservation, CancellationToken cancellationToken)
    {
        var found = await reservations.For(store).ExecuteAsync(
            new AggregateCommand<ReservationState> { Id = reservation.Id, Decide = static _ => Decision.Nothing, Expected = ExpectedPosition.Any },
            cancellationToken);
        return AggregateId.TryParse(StateOf(found).Holder, out var holder) ? holder : null;
    }

    /// <summary>What is wrong with the command itself is said first.</summary>
    private Decision Decide(Decision own, ReservationOutcome reserved) =>
        own is not Decision.Raised ? own
        : reserved.Refusal is { } refusal ? refusal
        : time.GetUtcNow() < (reserved.DecideBefore ?? DateTimeOffset.MaxValue) ? own
        : throw new StoreUnavailableException("The store took so long that the reservation may be somebody else's by now.", TimeSpan.FromSeconds(1));

    private async Task<ReservationOutcome> MakeAsync(
        ReservationWish wish, Func<AggregateId, Task<(HolderRight Right, double Charge)>> findRight, CancellationToken cancellationToken)
    {
        var holder = wish.Holder;
        var made = await ExecuteAsync(wish, state => state.Make(holder, wish.Reservation), cancellationToken);
        var charge = made.RequestCharge;
        if (made is not CommandResult<ReservationState>.Appended && StateOf(made) is { } seen && AggregateId.TryParse(seen.Holder, out var present))
        {
            var (right, spent) = await findRight(present);
            charge += spent;
            if (present == holder && right == HolderRight.Held)
            {
                return new ReservationOutcome(Refusal: null, Version: null, DecideBefore: null, charge);
            }

            if (present == holder || right == HolderRight.Ended || (right == HolderRight.NotYet && time.GetUtcNow() - seen.Since > Grace))
            {
                made = await ExecuteAsync(wish, state => state.Make(holder, wish.Reservation, seen), cancellationToken);
                charge += made.RequestCharge;
            }
        }

        var state = StateOf(made);
        return made is CommandResult<ReservationState>.Rejected { Rejection: var refusal }
            ? new ReservationOutcome(refusal, Version: null, DecideBefore: null, charge)
            : new ReservationOutcome(
                Refusal: null,
                string.Equals(state.Superseded, holder.Value, StringComparison.Ordinal) ? null : state.Version,
                state.Since + DecideWithin,
                charge);
    }

    /// <summary>Not by a read, which may lag behind: that there is nothing to do is confirmed where the newest state is known.</summary>
    private static async Task<(HolderRight Right, double Charge)> FindRightAsync<TState>(
        AggregateRepository<TState> repository, AggregateId holder, Func<TState, HolderRight> rightOf, CancellationToken cancellationToken)
        where TState : class
    {
        var found = await repository.ExecuteAsync(
            new AggregateCommand<TState> { Id = holder, Decide = static _ => Decision.Nothing, Expected = ExpectedPosition.Any }, cancellationToken);
        return (rightOf(((CommandResult<TState>.Unchanged)found).Aggregate.State), found.RequestCharge);
    }

    private async Task<double> TryReleaseAsync(ReservationWish wish, long? version, CancellationToken cancellationToken)
    {
        try
        {
            return (await ExecuteAsync(wish, state => state.Release(wish.Holder, version), cancellationToken)).RequestCharge;
        }
        catch (Exception exception) when (exception is EventStoreException or OperationCanceledException)
        {
            // The command is settled by now, and its caller must not hear that it failed.
            return 0;
        }
    }

    private static ReservationState StateOf(CommandResult<ReservationState> result) => result switch
    {
        CommandResult<ReservationState>.Appended appended => appended.Aggregate.State,
        CommandResult<ReservationState>.Unchanged unchanged => unchanged.Aggregate.State,
        CommandResult<ReservationState>.Rejected rejected => rejected.Aggregate.State,
        _ => throw new InvalidOperationException($"A reservation cannot end in {result.GetType().Name}."),
    };

    private Task<CommandResult<ReservationState>> ExecuteAsync(
        ReservationWish wish, Func<ReservationState, Decision> decide, CancellationToken cancellationToken) =>
        reservations.For(wish.Store).ExecuteAsync(
            new AggregateCommand<ReservationState>
            {
                Id = wish.Reservation.Id, Decide = decide, Expected = ExpectedPosition.Any, Metadata = wish.Metadata,
            },
            cancellationToken);
}
