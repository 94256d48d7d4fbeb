using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// Redacts events: finds them as the ordinary store does, and replaces their documents under an identity of its own, which alone has the right to.
/// </summary>
/// <param name="events">The events container, as the ordinary store reaches it.</param>
/// <param name="replaceable">The events container, as the identity that may replace documents reaches it.</param>
/// <param name="snapshots">The snapshots that may hold the data.</param>
/// <param name="tails">Where the process has seen streams end.</param>
/// <param name="memories">What else the process keeps of streams.</param>
/// <param name="upcaster">Says what parts an event has.</param>
/// <param name="store">Settings of the ordinary store.</param>
/// <param name="options">Settings of redaction.</param>
/// <param name="time">The clock.</param>
internal sealed class CosmosEventRedactor(
    Container events,
    Container replaceable,
    SnapshotDocuments snapshots,
    TailCache tails,
    IEnumerable<IStreamMemory> memories,
    EventUpcaster upcaster,
    CosmosEventStoreOptions store,
    CosmosEventRedactionOptions options,
    TimeProvider time)
    : IEventRedactor
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    private readonly ReadRequests reads = new(events, store, time);
    private readonly BatchRequests batches = new(events, store, time);
    private readonly PrimaryReads newest = new(replaceable, store, time);
    private readonly IStreamMemory[] memories = [.. memories];
    private readonly Backoff backoff = new(store, time);

    public async Task<RedactionResult> RedactAsync(TenantId tenant, EventId id, RedactionRequest request, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var places = await new EventPlaces(tenant, upcaster, new CommitReads(tenant, reads, tails), reads, batches).FindAsync(id, charge, cancellationToken);
        var redaction = new Redaction(time.GetUtcNow(), request.Actor, request.Reason.Value);
        var redactor = new CommitRedactor(tenant, replaceable, newest, snapshots, redaction, options.MaxAttempts, backoff, charge);
        try
        {
            var redacted = new List<RecordedEvent>();
            foreach (var place in places)
            {
                redacted.AddRange(await redactor.RedactAsync(place, cancellationToken));
                await SeeAsync(tenant, place, charge, cancellationToken);
            }

            return redacted.Count == 0
                ? new RedactionResult.NotFound(charge.Total)
                : new RedactionResult.Redacted(InOrder(redacted), charge.Total);
        }
        catch (StoreThrottledException failure) when (redactor.HasBegun)
        {
            throw new RedactionUnfinishedException(id, failure.RetryAfter, failure);
        }
        catch (StoreUnavailableException failure) when (redactor.HasBegun)
        {
            throw new RedactionUnfinishedException(id, failure.RetryAfter, failure);
        }
        catch (OperationCanceledException failure) when (redactor.HasBegun)
        {
            throw new RedactionUnfinishedException(id, DefaultRetryAfter, failure);
        }
    }

    /// <summary>
    /// The replacement went through another client, whose sessions are its own: the primary's answer brings the ordinary client one, so that no read of
    /// this process after the redaction gives the data away. What was made of the data before is forgotten.
    /// </summary>
    private async Task SeeAsync(TenantId tenant, EventPlace place, ChargeMeter charge, CancellationToken cancellationToken)
    {
        await batches.ExistsAtPrimaryAsync(CommitNumber.ToId(place.Commit), StreamPartition.Of(tenant, place.Stream), charge, cancellationToken);
        foreach (var memory in memories)
        {
            memory.Forget(tenant, place.Stream);
        }
    }

    private static IReadOnlyList<RecordedEvent> InOrder(IEnumerable<RecordedEvent> redacted) =>
        [.. redacted.OrderBy(static e => e.StoredAt).ThenBy(static e => e.Stream.ToString(), StringComparer.Ordinal).ThenBy(static e => e.Version)];
}
