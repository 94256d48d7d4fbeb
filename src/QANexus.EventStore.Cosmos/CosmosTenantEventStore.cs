using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Appending;
using QANexus.EventStore.Cosmos.Feeds;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos;

/// <summary>One tenant's events in Cosmos DB.</summary>
internal sealed class CosmosTenantEventStore(
    TenantId tenant, EventWriter writer, Refusals refusals, UpcastEventReads reads, EventFeed feed, AppendSignals signals) : ITenantEventStore
{
    public TenantId Tenant => tenant;

    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        var result = await writer.AppendAsync(request, cancellationToken);
        if (result is AppendResult.Appended { IsReplay: false })
        {
            signals.Appended(tenant);
        }

        return result;
    }

    public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) => refusals.ConfirmAsync(refusal, cancellationToken);

    public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken) =>
        reads.ReadAsync(stream, options, cancellationToken);

    public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken) =>
        reads.ReadAfterAsync(stream, known, cancellationToken);

    public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken) => reads.QueryAsync(query, cancellationToken);

    public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
        reads.CountAsync(type, aggregateType, cancellationToken);

    public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken) =>
        reads.FindAsync(id, form, cancellationToken);

    public Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken) =>
        feed.ReadFeedAsync(after, options, cancellationToken);
}
