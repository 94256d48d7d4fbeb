using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Hosting;

/// <summary>A store that answers every call in the way a test says, and remembers the last append and read.</summary>
internal sealed class ScriptedEventStore : IEventStore
{
    public Func<AppendRequest, CancellationToken, Task<AppendResult>> Append { get; init; } = static (_, _) => throw new NotSupportedException();

    public Func<StreamReadOptions, CancellationToken, Task<StreamSlice>> Read { get; init; } = static (_, _) => throw new NotSupportedException();

    public Func<FeedPosition?, FeedReadOptions, CancellationToken, Task<FeedPage>> ReadFeed { get; init; } = static (_, _, _) => throw new NotSupportedException();

    public AppendRequest? Appended { get; private set; }

    public StreamReadOptions? Asked { get; private set; }

    public int TenantsOpened { get; private set; }

    public static ScriptedEventStore Failing(Exception exception) => new()
    {
        Append = (_, _) => Task.FromException<AppendResult>(exception),
        Read = (_, _) => Task.FromException<StreamSlice>(exception),
        ReadFeed = (_, _, _) => Task.FromException<FeedPage>(exception),
    };

    public ITenantEventStore ForTenant(TenantId tenant)
    {
        TenantsOpened++;
        return new Tenanted(this, tenant);
    }

    private sealed class Tenanted(ScriptedEventStore script, TenantId tenant) : ITenantEventStore
    {
        public TenantId Tenant => tenant;

        public Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
        {
            script.Appended = request;
            return script.Append(request, cancellationToken);
        }

        public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken)
        {
            script.Asked = options;
            return script.Read(options, cancellationToken);
        }

        public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken) =>
            script.ReadFeed(after, options, cancellationToken);
    }
}
