using QANexus.EventStore.Caching;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// The states that were used last, and only for so long. A remembered state may be behind its stream but was true once: the events after it are all that
/// has to be read.
/// </summary>
internal sealed class StateCache<TState>(int capacity, TimeSpan lifetime, TimeProvider time)
    where TState : class
{
    private readonly RecentlyUsed<(TenantId Tenant, StreamId Stream), Aggregate<TState>> states = new(capacity);

    public Aggregate<TState>? Find(TenantId tenant, StreamId stream) =>
        states.Find((tenant, stream)) is { } known && !IsTooOld(known) ? known : null;

    /// <summary>Remembers a state unless a later one of the stream is remembered.</summary>
    public void Put(TenantId tenant, Aggregate<TState> aggregate) =>
        states.Put(
            (tenant, aggregate.Stream), aggregate, (added, known) => added.Position.Commit >= known.Position.Commit || IsTooOld(known));

    public void Remove(TenantId tenant, StreamId stream) => states.Remove((tenant, stream));

    private bool IsTooOld(Aggregate<TState> state) => time.GetElapsedTime(state.FoldedAt) >= lifetime;
}
