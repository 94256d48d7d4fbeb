using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>
/// Appends by creating the next commit document: one round trip where the position is known. Whether the stream is still there is decided by the
/// write itself, never by a read; a decision not to write is confirmed at the primary first, and a request with a key is looked for before it is
/// refused.
/// </summary>
internal sealed class EventWriter(
    TenantId tenant,
    BatchRequests batches,
    CommitReads commits,
    StoredAppends appends,
    Refusals refusals,
    TailCache tails,
    AppendAdmission admission,
    CosmosEventStoreOptions options,
    TimeProvider time)
    : IEventWriter
{
    private static readonly TimeSpan RetryAfterContention = TimeSpan.FromSeconds(1);

    private readonly Backoff backoff = new(options, time);

    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        AppendValidation.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        var append = new PendingAppend(tenant, request, admission.Catalog, time.GetUtcNow());
        var charge = new ChargeMeter();
        if (await admission.FindRefusalAsync(tenant, request, append.StoredAt, cancellationToken) is { } refusal)
        {
            return await FindStoredBeforeAsync(append, charge, cancellationToken) ?? throw refusal;
        }

        var start = await StartAsync(append, charge, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            if (start.Refusal is { } refused)
            {
                return await RefuseAsync(append, refused, charge, cancellationToken);
            }

            var (result, next) = await TryAtAsync(append, start.Position, charge);
            if (result is not null)
            {
                return result;
            }

            if (attempt >= options.MaxPositionAttempts)
            {
                throw new StoreUnavailableException(
                    $"Other writers of stream {append.Stream} won {attempt} times in a row.", RetryAfterContention);
            }

            await backoff.WaitAsync(Math.Min(attempt, 5), cancellationToken);
            start = Decide(append.Request.Expected, next);
        }
    }

    /// <summary>Finds the position to write at without asking, where the caller's expectation or the memory allows it.</summary>
    private async Task<Decision> StartAsync(PendingAppend append, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var expected = append.Request.Expected;
        if (expected is ExpectedPosition.ExactPosition { IsTrusted: true } exact)
        {
            return Decision.WriteAt(exact.Position);
        }

        if (tails.Find(tenant, append.Stream) is { } remembered && Decide(expected, remembered) is { Refusal: null } decision)
        {
            return decision;
        }

        return Decide(expected, await commits.ReadTailAsync(append.Stream, charge, cancellationToken));
    }

    private static Decision Decide(ExpectedPosition expected, StreamPosition tail)
    {
        var holds = expected switch
        {
            ExpectedPosition.AnyPosition => true,
            ExpectedPosition.ExistingStream => tail.Commit > 0,
            ExpectedPosition.ExactVersion version => tail.Version == version.Version,
            ExpectedPosition.ExactPosition position => tail == position.Position,
            _ => throw new ArgumentOutOfRangeException(nameof(expected)),
        };
        return holds ? Decision.WriteAt(tail) : Decision.RefuseAt(tail);
    }

    /// <summary>One attempt to write: its result, or the position to go on from.</summary>
    private async Task<(AppendResult? Result, StreamPosition Next)> TryAtAsync(PendingAppend append, StreamPosition position, ChargeMeter charge)
    {
        var partition = StreamPartition.Of(tenant, append.Stream);
        switch (await batches.CreateAsync(append.DraftsAfter(position), partition, charge))
        {
            case CreateOutcome.AllCreated:
                var receipt = append.ReceiptAfter(position);
                tails.Advance(tenant, append.Stream, receipt.Position);
                return (new AppendResult.Appended(receipt, IsReplay: false, charge.Total), receipt.Position);
            case CreateOutcome.LeftOpen open:
                var failure = open.LastFailure.ToException();
                throw new AppendOutcomeUnknownException(append.CommitId, open.LastFailure.RetryAfter ?? RetryAfterContention, failure);
            case CreateOutcome.Conflicted conflict:
                return await ExplainConflictAsync(append, conflict.AfterOpenAttempt, charge);
            default:
                throw new InvalidOperationException("An outcome that nobody thought of.");
        }
    }

    /// <summary>
    /// A document was there already: this append's own, stored earlier, or another writer's. The conflict brought a session token, so both reads
    /// see at least the state that it was found in.
    /// </summary>
    private async Task<(AppendResult? Result, StreamPosition Next)> ExplainConflictAsync(PendingAppend append, bool afterOpenAttempt, ChargeMeter charge)
    {
        try
        {
            var look = append.IsKeyed || afterOpenAttempt
                ? FindStoredAsync(append, afterOpenAttempt, charge, CancellationToken.None)
                : Task.FromResult<AppendResult?>(null);
            var tail = await commits.ReadTailAsync(append.Stream, charge, CancellationToken.None);
            if (await look is { } stored)
            {
                return (WithCharge(stored, charge), tail);
            }

            return append.Request.Expected is ExpectedPosition.ExactPosition or ExpectedPosition.ExactVersion
                ? (new AppendResult.VersionConflict(tail, charge.Total), tail)
                : (null, tail);
        }
        catch (EventStoreException failure) when (afterOpenAttempt && failure is (StoreUnavailableException or StoreThrottledException))
        {
            throw new AppendOutcomeUnknownException(append.CommitId, RetryAfterContention, failure);
        }
    }

    /// <summary>
    /// The stream is not where the caller expects it, as far as a read can see. Unless the primary knows more, that is the answer; if it does, the
    /// append is tried after all.
    /// </summary>
    private async Task<AppendResult> RefuseAsync(
        PendingAppend append, StreamPosition seen, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= options.MaxPositionAttempts; attempt++)
        {
            var check = await refusals.ConfirmAsync(append.RefusalAt(seen), charge, cancellationToken);
            if (check is not RefusalCheck.Outdated)
            {
                return StoredBefore(check) ?? new AppendResult.VersionConflict(seen, charge.Total);
            }

            seen = await commits.ReadTailAsync(append.Stream, charge, cancellationToken);
            if (Decide(append.Request.Expected, seen) is { Refusal: null } decision)
            {
                var (result, next) = await TryAtAsync(append, decision.Position, charge);
                if (result is not null)
                {
                    return result;
                }

                seen = next;
            }
        }

        throw MovesTooFast(append);
    }

    /// <summary>
    /// What an earlier call stored of an append that this build does not accept: another one did, and its repeats are still answered. The primary says
    /// whether there is more than the reads see.
    /// </summary>
    private async Task<AppendResult?> FindStoredBeforeAsync(PendingAppend append, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (!append.IsKeyed)
        {
            return null;
        }

        for (var attempt = 1; attempt <= options.MaxPositionAttempts; attempt++)
        {
            var seen = await commits.ReadTailAsync(append.Stream, charge, cancellationToken);
            var check = await refusals.ConfirmAsync(append.RefusalAt(seen), charge, cancellationToken);
            if (check is not RefusalCheck.Outdated)
            {
                return StoredBefore(check);
            }
        }

        throw MovesTooFast(append);
    }

    /// <summary>What an earlier call, or an earlier attempt of this one, stored under the commit id.</summary>
    private async Task<AppendResult?> FindStoredAsync(
        PendingAppend append, bool afterOpenAttempt, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (await appends.FindAsync(append.Stream, append.CommitId, charge, cancellationToken) is not { } stored)
        {
            return null;
        }

        if (!string.Equals(stored.Fingerprint, append.Fingerprint.Value, StringComparison.Ordinal))
        {
            return new AppendResult.KeyReused(append.CommitId, charge.Total);
        }

        // Stored by an attempt of this call whose answer was lost: the caller hears of a success, not of a repeat.
        var isOwn = afterOpenAttempt && stored.Receipt.StoredAt == append.StoredAt;
        return new AppendResult.Appended(stored.Receipt, IsReplay: !isOwn, charge.Total);
    }

    private static AppendResult? StoredBefore(RefusalCheck check) => check switch
    {
        RefusalCheck.CarriedOut { Receipt: var receipt } => new AppendResult.Appended(receipt, IsReplay: true, check.RequestCharge),
        RefusalCheck.KeyReused reused => new AppendResult.KeyReused(reused.CommitId, check.RequestCharge),
        _ => null,
    };

    private static StoreUnavailableException MovesTooFast(PendingAppend append) =>
        new($"Stream {append.Stream} moves faster than it can be read.", RetryAfterContention);

    private static AppendResult WithCharge(AppendResult result, ChargeMeter charge) => result with { RequestCharge = charge.Total };

    /// <summary>Where to write, or where the stream was seen that the caller expected elsewhere.</summary>
    private readonly record struct Decision(StreamPosition Position, StreamPosition? Refusal)
    {
        public static Decision WriteAt(StreamPosition position) => new(position, Refusal: null);

        public static Decision RefuseAt(StreamPosition seen) => new(seen, seen);
    }
}
