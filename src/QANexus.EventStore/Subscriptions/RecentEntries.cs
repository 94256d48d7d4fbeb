using System.Collections.Concurrent;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// A bounded memory: when it is half full of new entries, those that were neither written nor looked up since the last time are forgotten.
/// </summary>
internal sealed class RecentEntries<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock gate = new();
    private ConcurrentDictionary<TKey, TValue> young = new();
    private ConcurrentDictionary<TKey, TValue> old = new();

    public TValue? Find(TKey key)
    {
        if (young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (old.TryGetValue(key, out value))
        {
            Set(key, value);
            return value;
        }

        return null;
    }

    public void Set(TKey key, TValue value)
    {
        young[key] = value;
        if (young.Count > capacity / 2)
        {
            lock (gate)
            {
                if (young.Count > capacity / 2)
                {
                    (old, young) = (young, new ConcurrentDictionary<TKey, TValue>());
                }
            }
        }
    }

    public void Forget(TKey key)
    {
        young.TryRemove(key, out _);
        old.TryRemove(key, out _);
    }
}
