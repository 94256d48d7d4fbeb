namespace QANexus.EventStore.Caching;

/// <summary>The things that were used last, so many of them.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> byUse = [];

    public TValue? Find(TKey key)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(key, out var node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>Keeps <paramref name="value"/>, unless <paramref name="isBetter"/> says of it and what is kept that it is not.</summary>
    public void Put(TKey key, TValue value, Func<TValue, TValue, bool> isBetter)
    {
        if (capacity == 0)
        {
            return;
        }

        lock (gate)
        {
            if (nodes.TryGetValue(key, out var known))
            {
                if (!isBetter(value, known.Value.Value))
                {
                    return;
                }

                byUse.Remove(known);
            }
            else if (nodes.Count == capacity)
            {
                nodes.Remove(byUse.Last!.Value.Key);
                byUse.RemoveLast();
            }

            nodes[key] = byUse.AddFirst((key, value));
        }
    }

    public void Remove(TKey key)
    {
        lock (gate)
        {
            if (nodes.Remove(key, out var node))
            {
                byUse.Remove(node);
            }
        }
    }
}
