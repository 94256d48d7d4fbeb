using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.TestReports;

/// <summary>A store that lets a test fail chosen appends, before or after they are stored.</summary>
internal sealed class FailingEventStore(IEventStore stored) : IEventStore
{
    /// <summary>Called with the number of each append, from 1, before it is sent.</summary>
    public Action<int> BeforeAppend { get; set; } = static _ => { };

    /// <summary>Called with the number of each append once it is stored, before its caller hears of it.</summary>
    public Action<int> AfterAppend { get; set; } = static _ => { };

    public int Appends { get; set; }

    /// <summary>How often a state was loaded.</summary>
    public int Loads { get; private set; }

    public ITenantEventStore ForTenant(TenantId tenant) => new Tenanted(this, stored.ForTenant(tenant));

    private sealed class Tenanted(FailingEventStore store, ITenantEventStore stored) : ITenantEventStore
    {
        public TenantId Tenant => stored.Tenant;

        public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
        {
            var number = ++store.Appends;
            store.BeforeAppend(number);
            var result = await stored.AppendAsync(request, cancellationToken);
            store.AfterAppend(number);
            return result;
        }

        public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) => stored.ConfirmAsync(refusal, cancellationToken);

        public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken) =>
            stored.ReadAsync(stream, options, cancellationToken);

        public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken)
        {
            store.Loads++;
            return stored.ReadAfterAsync(stream, known, cancellationToken);
        }

        public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken) => stored.QueryAsync(query, cancellationToken);

        public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
            stored.CountAsync(type, aggregateType, cancellationToken);

        public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken) => stored.FindAsync(id, form, cancellationToken);

        public Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken) =>
            stored.ReadFeedAsync(after, options, cancellationToken);
    }
}
