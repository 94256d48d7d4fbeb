using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Testing.Stores;

/// <summary>A tenant's store with upcasting around what it reads: the class that the real one has around its readers.</summary>
public sealed class UpcastingTenantEventStore(ITenantEventStore stored, EventUpcaster upcaster) : ITenantEventStore
{
    private readonly UpcastEventReads reads = new(stored.Tenant, upcaster, stored, stored);

    public TenantId Tenant => stored.Tenant;

    public Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken) => stored.AppendAsync(request, cancellationToken);

    public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) => stored.ConfirmAsync(refusal, cancellationToken);

    public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken) =>
        reads.ReadAsync(stream, options, cancellationToken);

    public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken) =>
        reads.ReadAfterAsync(stream, known, cancellationToken);

    public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken) => reads.QueryAsync(query, cancellationToken);

    public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
        reads.CountAsync(type, aggregateType, cancellationToken);

    public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken) => reads.FindAsync(id, form, cancellationToken);

    public async Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken)
    {
        var page = await stored.ReadFeedAsync(after, options, cancellationToken);
        if (options.Form is EventForm.AsStored)
        {
            return page;
        }

        var commits = new List<FeedCommit>();
        foreach (var commit in page.Commits)
        {
            var events = await upcaster.UpcastAsync(Tenant, commit.Events, cancellationToken);
            commits.AddRange(events.Count > 0 ? [commit with { Events = events }] : []);
        }

        return page with { Commits = commits };
    }
}
