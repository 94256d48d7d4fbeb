using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>
/// The last positions that this process has seen. A remembered position may be behind the stream but was true once, and so is still one that an
/// append can safely be tried at.
/// </summary>
internal sealed class TailCache(IOptions<CosmosEventStoreOptions> options) : IDisposable
{
    private readonly MemoryCache positions = new(new MemoryCacheOptions { SizeLimit = options.Value.TailCacheSize });

    public StreamPosition? Find(TenantId tenant, StreamId stream) =>
        positions.TryGetValue((tenant, stream), out StreamPosition position) ? position : null;

    /// <summary>Remembers <paramref name="position"/> unless a later one is known.</summary>
    public void Advance(TenantId tenant, StreamId stream, StreamPosition position)
    {
        if (position.Commit > (Find(tenant, stream)?.Commit ?? 0))
        {
            positions.Set((tenant, stream), position, new MemoryCacheEntryOptions { Size = 1 });
        }
    }

    public void Dispose() => positions.Dispose();
}
