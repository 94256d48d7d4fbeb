using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// Carries out one command: decides it on the state that a read shows, and lets the write find out whether that was the newest. A decision not to
/// write is confirmed at the primary, which also looks for an earlier call of the same command.
/// </summary>
internal sealed class CommandRun<TState>(
    AggregateDefinition<TState> definition,
    EventCatalog catalog,
    ITenantEventStore store,
    StateLoads<TState> loads,
    AggregateOptions options,
    TimeProvider time,
    AggregateCommand<TState> command)
    where TState : class
{
    private static readonly TimeSpan RetryAfterContention = TimeSpan.FromSeconds(1);

    private readonly StreamId stream = new(definition.Type, command.Id);
    private readonly ExponentialPause pause = new(options.FirstBackoff, options.MaxBackoff, time);
    private readonly int maxAttempts = command.MaxAttempts ?? options.MaxAttempts;
    private int conflicts;
    private double charge;

    public async Task<CommandResult<TState>> RunAsync(CancellationToken cancellationToken)
    {
        var current = Start() ?? await LoadAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var result = Decide(current, out var raised) is { } refusal
                ? await RefuseAsync(refusal, current, cancellationToken)
                : await AppendAsync(raised!, current, cancellationToken);
            if (result is not null)
            {
                return result with { RequestCharge = charge };
            }

            // A read that lagged is not the command's fault: it does not count as a conflict.
            if (conflicts >= maxAttempts || attempt >= Math.Max(maxAttempts, options.MaxAttempts))
            {
                throw new StoreUnavailableException($"Other writers of stream {stream} came first {attempt} times in a row.", RetryAfterContention);
            }

            await pause.WaitAsync(attempt, cancellationToken);
            current = await LoadAsync(cancellationToken);
        }
    }

    /// <summary>The state to decide on where it takes no read: the position expected was once true, and the write finds out whether it is now.</summary>
    private Aggregate<TState>? Start() =>
        command.Held ?? (command.Expected is ExpectedPosition.ExactPosition { IsTrusted: true } exact ? loads.FindAt(stream, exact.Position) : null);

    private async Task<Aggregate<TState>> LoadAsync(CancellationToken cancellationToken)
    {
        var loaded = await loads.LoadAsync(stream, cancellationToken);
        charge += loaded.RequestCharge;
        return loaded;
    }

    /// <summary>Null where there are events to append; otherwise what the caller hears if the decision is confirmed.</summary>
    private CommandResult<TState>? Decide(Aggregate<TState> current, out Decision.Raised? raised)
    {
        raised = null;
        if (!Holds(current.Position))
        {
            return current.Exists || command.Expected is ExpectedPosition.ExactPosition { Position.Commit: 0 }
                ? new CommandResult<TState>.VersionConflict(current.Position, charge)
                : new CommandResult<TState>.NotFound(stream, charge);
        }

        var decision = command.Decide(current.State);
        raised = decision as Decision.Raised;
        return decision switch
        {
            Decision.Raised => null,
            Decision.Rejection rejection => new CommandResult<TState>.Rejected(current, rejection, charge),
            _ => new CommandResult<TState>.Unchanged(current, charge),
        };
    }

    private bool Holds(StreamPosition position) => command.Expected switch
    {
        ExpectedPosition.AnyPosition => true,
        ExpectedPosition.ExistingStream => position.Commit > 0,
        ExpectedPosition.ExactVersion exact => position.Version == exact.Version,
        ExpectedPosition.ExactPosition exact => position == exact.Position,
        _ => throw new InvalidOperationException($"Nothing is known of the expectation {command.Expected.GetType().Name}."),
    };

    /// <summary>The refusal, if it is confirmed, or what an earlier call got; null where the state was not the newest.</summary>
    private async Task<CommandResult<TState>?> RefuseAsync(CommandResult<TState> refused, Aggregate<TState> current, CancellationToken cancellationToken)
    {
        var refusal = new Refusal(stream, current.Position) { CommitId = command.CommitId, Fingerprint = command.Fingerprint };
        var check = await store.ConfirmAsync(refusal, cancellationToken);
        charge += check.RequestCharge;
        return check switch
        {
            RefusalCheck.Confirmed => refused,
            RefusalCheck.CarriedOut carriedOut => await ReplayAsync(carriedOut.Receipt, cancellationToken),
            RefusalCheck.KeyReused reused => new CommandResult<TState>.KeyReused(reused.CommitId, charge),
            _ => null,
        };
    }

    /// <summary>Null where another writer came first and the command may be decided again.</summary>
    private async Task<CommandResult<TState>?> AppendAsync(
        Decision.Raised raised, Aggregate<TState> current, CancellationToken cancellationToken)
    {
        var events = raised.ToNew(definition);

        // Before anything is written: an event that its own aggregate cannot fold would end it for ever.
        definition.Evolve(current.State, events.ToRecorded(catalog, stream, current.Position, time.GetUtcNow(), command.Metadata));

        var request = new AppendRequest
        {
            Stream = stream,
            Events = events,
            Expected = ExpectedPosition.At(current.Position),
            CommitId = command.CommitId,
            Fingerprint = command.Fingerprint,
            Metadata = command.Metadata,
            IsFolded = true,
        };
        var result = await store.AppendAsync(request, cancellationToken);
        charge += result.RequestCharge;
        switch (result)
        {
            case AppendResult.Appended { IsReplay: true } replay:
                return await ReplayAsync(replay.Receipt, cancellationToken);
            case AppendResult.Appended appended:
                return await CompleteAsync(appended.Receipt, events, current, cancellationToken);
            case AppendResult.KeyReused reused:
                return new CommandResult<TState>.KeyReused(reused.CommitId, charge);
            case AppendResult.VersionConflict conflict when maxAttempts == 1 || !Holds(conflict.Current):
                return new CommandResult<TState>.VersionConflict(conflict.Current, charge);
            default:
                conflicts++;
                return null;
        }
    }

    private async Task<CommandResult<TState>> CompleteAsync(
        AppendReceipt receipt, IReadOnlyList<NewEvent> events, Aggregate<TState> before, CancellationToken cancellationToken)
    {
        // A large append takes several commits, and only the store knows which event is in which.
        var recorded = receipt.Position.Commit == before.Position.Commit + 1
            ? events.ToRecorded(catalog, stream, before.Position, receipt.StoredAt, command.Metadata)
            : await ReadBackAsync(receipt, cancellationToken);
        return new CommandResult<TState>.Appended(Advance(before, recorded, receipt.Position), receipt, recorded, IsReplay: false, charge);
    }

    private Aggregate<TState> Advance(Aggregate<TState> before, IReadOnlyList<RecordedEvent> events, StreamPosition position) => command.Held is null
        ? loads.Advance(before, events, position)
        : before with { State = definition.Evolve(before.State, events), Position = position, RequestCharge = 0 };

    private async Task<CommandResult<TState>> ReplayAsync(AppendReceipt receipt, CancellationToken cancellationToken)
    {
        var recorded = await ReadBackAsync(receipt, cancellationToken);
        var aggregate = command.Held is { } held && recorded is [{ } first, ..] && first.Version == held.Position.Version + 1
            ? Advance(held, recorded, receipt.Position)
            : await LoadAsync(cancellationToken);
        return new CommandResult<TState>.Appended(aggregate, receipt, recorded, IsReplay: true, charge);
    }

    private async Task<IReadOnlyList<RecordedEvent>> ReadBackAsync(AppendReceipt receipt, CancellationToken cancellationToken)
    {
        var part = new StreamReadOptions
        {
            FromVersion = receipt.Events[0].Version, ToVersion = receipt.Position.Version, MaxCount = AppendLimits.MaxEvents,
        };
        var slice = await store.ReadAsync(stream, part, cancellationToken);
        charge += slice.RequestCharge;
        return slice.Events;
    }
}
