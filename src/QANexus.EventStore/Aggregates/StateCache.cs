using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// The states that were used last, so many of them and only for so long. A remembered state may be behind its stream but was true once: the events
/// after it are all that has to be read.
/// </summary>
internal sealed class StateCache<TState>(int capacity, TimeSpan lifetime, TimeProvider time)
    where TState : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<(TenantId Tenant, StreamId Stream), LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];

    public Aggregate<TState>? Find(TenantId tenant, StreamId stream)
    {
        lock (gate)
        {
            if (!entries.TryGetValue((tenant, stream), out var node))
            {
                return null;
            }

            byUse.Remove(node);
            if (time.GetElapsedTime(node.Value.Aggregate.FoldedAt) >= lifetime)
            {
                entries.Remove((tenant, stream));
                return null;
            }

            byUse.AddFirst(node);
            return node.Value.Aggregate;
        }
    }

    /// <summary>Remembers a state unless a later one of the stream is remembered.</summary>
    public void Put(TenantId tenant, Aggregate<TState> aggregate)
    {
        if (capacity == 0)
        {
            return;
        }

        var key = (tenant, aggregate.Stream);
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known))
            {
                if (known.Value.Aggregate.Position.Commit > aggregate.Position.Commit)
                {
                    return;
                }

                byUse.Remove(known);
            }
            else if (entries.Count == capacity)
            {
                entries.Remove(byUse.Last!.Value.Key);
                byUse.RemoveLast();
            }

            entries[key] = byUse.AddFirst(new Entry(key, aggregate));
        }
    }

    private sealed record Entry((TenantId Tenant, StreamId Stream) Key, Aggregate<TState> Aggregate);
}
