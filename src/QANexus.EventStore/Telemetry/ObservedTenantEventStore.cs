using System.Diagnostics.Metrics;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Telemetry;

/// <summary>One tenant's store, each of whose calls is a <see cref="StoreCall"/>.</summary>
internal sealed class ObservedTenantEventStore(ITenantEventStore inner, TimeProvider time) : ITenantEventStore
{
    private static readonly Histogram<int> BatchSizes =
        EventStoreMeter.Instance.CreateHistogram<int>("qanexus.append.events", "{event}", "Events of an append that was stored.");

    public TenantId Tenant => inner.Tenant;

    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        using var call = new StoreCall("append", Tenant, time);
        call.Describe("qanexus.aggregate_type", request.Stream.AggregateType.Value);
        try
        {
            var result = await inner.AppendAsync(request, cancellationToken);
            call.Succeed(result.RequestCharge, OutcomeOf(result));
            if (result is AppendResult.Appended { IsReplay: false })
            {
                BatchSizes.Record(request.Events.Count);
            }

            return result;
        }
        catch (Exception failure)
        {
            call.Fail(failure);
            throw;
        }
    }

    public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) =>
        ObserveAsync("confirm", () => inner.ConfirmAsync(refusal, cancellationToken), static check => check.RequestCharge);

    public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken) =>
        ObserveAsync("read", () => inner.ReadAsync(stream, options, cancellationToken), static slice => slice.RequestCharge);

    public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken) =>
        ObserveAsync("read-after", () => inner.ReadAfterAsync(stream, known, cancellationToken), static slice => slice.RequestCharge);

    public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken) =>
        ObserveAsync("query", () => inner.QueryAsync(query, cancellationToken), static page => page.RequestCharge);

    public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
        ObserveAsync("count", () => inner.CountAsync(type, aggregateType, cancellationToken), static count => count.RequestCharge);

    public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken) =>
        ObserveAsync("find", () => inner.FindAsync(id, form, cancellationToken), static found => found.RequestCharge);

    public Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken) =>
        ObserveAsync("feed", () => inner.ReadFeedAsync(after, options, cancellationToken), static page => page.RequestCharge);

    private async Task<T> ObserveAsync<T>(string operation, Func<Task<T>> run, Func<T, double> chargeOf)
    {
        using var call = new StoreCall(operation, Tenant, time);
        try
        {
            var result = await run();
            call.Succeed(chargeOf(result));
            return result;
        }
        catch (Exception failure)
        {
            call.Fail(failure);
            throw;
        }
    }

    private static string OutcomeOf(AppendResult result) => result switch
    {
        AppendResult.Appended { IsReplay: true } => "replayed",
        AppendResult.Appended => "appended",
        AppendResult.VersionConflict => "conflict",
        _ => "key-reused",
    };
}
