using System.Globalization;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Stores;

/// <summary>One tenant of the model, whose events are read as stored.</summary>
internal sealed class InMemoryTenantEventStore(TenantId tenant, AppendAdmission admission, TimeProvider time) : ITenantEventStore
{
    private const string FeedName = "feed-";

    private readonly Lock gate = new();
    private readonly Dictionary<StreamId, InMemoryStream> streams = [];
    private readonly List<IReadOnlyList<RecordedEvent>> feed = [];
    private TaskCompletionSource nextAppend = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TenantId Tenant => tenant;

    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        AppendValidation.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var refusal = await admission.FindRefusalAsync(tenant, request, now, cancellationToken);
        lock (gate)
        {
            var stream = Find(request.Stream);
            var result = stream.Append(request, admission, refusal, now);
            streams[request.Stream] = stream;
            if (result is AppendResult.Appended { IsReplay: false } appended)
            {
                feed.Add([.. stream.Events.Where(e => e.Commit == appended.Receipt.Position.Commit)]);
                nextAppend.SetResult();
                nextAppend = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return result;
        }
    }

    public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Find(refusal.Stream).Confirm(refusal));
        }
    }

    public Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken)
    {
        StreamReadOptions.Check(options);
        lock (gate)
        {
            var found = Find(stream);
            if (options.AtLeast is { } position && (found.Position.Commit < position.Commit || found.Position.Version < position.Version))
            {
                throw new StoreUnavailableException($"Stream {stream} has not reached {position}.", TimeSpan.FromSeconds(1));
            }

            var forward = options.Direction is ReadDirection.Forward;
            var events = (options.AsOf is { } asOf ? found.AsOf(asOf) : found.Events)
                .Where(e => e.Version >= options.FromVersion && e.Version <= (options.ToVersion ?? long.MaxValue));
            RecordedEvent[] wanted = [.. (forward ? events : events.Reverse()).Take(options.MaxCount + 1)];
            return Task.FromResult(new StreamSlice(
                [.. wanted.Take(options.MaxCount)], found.Position, wanted.Length > options.MaxCount ? wanted[^1].Version : null,
                InMemoryEventStore.RequestCharge));
        }
    }

    public Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var found = Find(stream);
            return Task.FromResult(new StreamSlice(
                [.. found.Events.Where(e => e.Commit > known.Commit)], found.Position, NextVersion: null, InMemoryEventStore.RequestCharge));
        }
    }

    public Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken)
    {
        EventQuery.Check(query);
        lock (gate)
        {
            RecordedEvent[] all =
            [
                .. streams.Values.SelectMany(static stream => stream.Events)
                    .Where(e => Matches(e, query.TypesInStore, query.AggregateType)
                        && (query.Since is not { } since || e.OccurredAt > since)
                        && (query.Until is not { } until || e.OccurredAt <= until))
                    .OrderBy(static e => e.StoredAt).ThenBy(static e => e.Stream.ToString(), StringComparer.Ordinal).ThenBy(static e => e.Version),
            ];
            var sign = query.Direction is ReadDirection.Forward ? 1 : -1;
            RecordedEvent[] wanted =
            [
                .. (sign > 0 ? all : Enumerable.Reverse(all)).Where(e => query.After is not { } after || sign * Compare(e, after) > 0).Take(query.MaxCount + 1),
            ];
            RecordedEvent[] page = [.. wanted.Take(query.MaxCount)];
            return Task.FromResult(new EventPage(
                page,
                wanted.Length > page.Length ? new EventCursor(page[^1].StoredAt, page[^1].Stream, page[^1].Version) : null,
                InMemoryEventStore.RequestCharge));
        }
    }

    public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var count = streams.Values.SelectMany(static stream => stream.Events).LongCount(e => Matches(e, type is { } one ? [one] : null, aggregateType));
            return Task.FromResult(new EventCount(count, InMemoryEventStore.RequestCharge));
        }
    }

    public Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var found = streams.Values.SelectMany(static stream => stream.Events).Where(e => e.Id == id).MinBy(static e => e.StoredAt);
            return Task.FromResult(new FoundEvent(found, InMemoryEventStore.RequestCharge));
        }
    }

    /// <summary>Every event of an id.</summary>
    public IReadOnlyList<RecordedEvent> All(EventId id)
    {
        lock (gate)
        {
            return [.. streams.Values.SelectMany(static stream => stream.Events).Where(e => e.Id == id)];
        }
    }

    /// <summary>Redacts the events of an id in some streams, all of which have one.</summary>
    public RedactionResult Redact(EventId id, IReadOnlySet<StreamId> from, RedactionRequest request)
    {
        lock (gate)
        {
            return new RedactionResult.Redacted(
                [
                    .. from.SelectMany(stream => streams[stream].Redact(id, new Redaction(time.GetUtcNow(), request.Actor, request.Reason.Value)))
                        .OrderBy(static e => e.StoredAt).ThenBy(static e => e.Stream.ToString(), StringComparer.Ordinal),
                ],
                InMemoryEventStore.RequestCharge);
        }
    }

    public async Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions options, CancellationToken cancellationToken)
    {
        FeedReadOptions.Check(options);
        var started = time.GetTimestamp();
        while (true)
        {
            FeedPage page;
            Task appended;
            lock (gate)
            {
                (page, appended) = (ReadFeed(after, options), nextAppend.Task);
            }

            var left = options.Wait - time.GetElapsedTime(started);
            if (page.Commits.Count > 0 || left <= TimeSpan.Zero)
            {
                return page;
            }

            await Task.WhenAny(appended, Task.Delay(left, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private FeedPage ReadFeed(FeedPosition? after, FeedReadOptions options)
    {
        var place = 0;
        if (after is not null && !(after.Continuation.StartsWith(FeedName, StringComparison.Ordinal)
            && int.TryParse(after.Continuation[FeedName.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out place) && place <= feed.Count))
        {
            throw new InvalidFeedPositionException("The position is not one of this feed.");
        }

        var commits = new List<FeedCommit>();
        for (var count = 0; place < feed.Count && count < options.MaxCount; count += feed[place++].Count)
        {
            commits.Add(new FeedCommit(feed[place], PositionAt(place + 1)));
        }

        return new FeedPage(commits, PositionAt(place), place == feed.Count, InMemoryEventStore.RequestCharge);
    }

    private static FeedPosition PositionAt(int place) => new(string.Create(CultureInfo.InvariantCulture, $"{FeedName}{place}"));

    private InMemoryStream Find(StreamId id) => streams.TryGetValue(id, out var stream) ? stream : new InMemoryStream(id);

    private static bool Matches(RecordedEvent e, IReadOnlyList<EventType>? types, AggregateType? aggregateType) =>
        (types is null || types.Contains(e.Type)) && (aggregateType is null || e.Stream.AggregateType == aggregateType);

    private static int Compare(RecordedEvent e, EventCursor cursor)
    {
        var order = e.StoredAt.CompareTo(cursor.StoredAt);
        order = order != 0 ? order : string.CompareOrdinal(e.Stream.ToString(), cursor.Stream.ToString());
        return order != 0 ? order : e.Version.CompareTo(cursor.Version);
    }
}
