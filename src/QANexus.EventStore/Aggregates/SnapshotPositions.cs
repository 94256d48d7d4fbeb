using Microsoft.Extensions.Options;
using QANexus.EventStore.Caching;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// Where the newest snapshots were when they were last looked at: spares a look at the snapshot of a busy stream with each of its commits. Forgotten as
/// soon as states are, so that a snapshot which has gone is missed before long.
/// </summary>
internal sealed class SnapshotPositions(IOptions<AggregateOptions> options, TimeProvider time)
{
    private readonly RecentlyUsed<(TenantId Tenant, StreamId Stream), Seen> seen = new(options.Value.CacheSize);

    /// <summary>Where the snapshot is, as far as is remembered.</summary>
    public StreamPosition Find(TenantId tenant, StreamId stream) =>
        seen.Find((tenant, stream)) is { } known && time.GetElapsedTime(known.At) < options.Value.CacheLifetime ? known.Position : StreamPosition.Start;

    public void Put(TenantId tenant, StreamId stream, StreamPosition position) =>
        seen.Put((tenant, stream), new Seen(position, time.GetTimestamp()), static (_, _) => true);

    private sealed record Seen(StreamPosition Position, long At);
}
