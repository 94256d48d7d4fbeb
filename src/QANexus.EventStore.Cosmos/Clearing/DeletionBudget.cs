namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>Counts what one call has deleted, and says when it is enough.</summary>
internal sealed class DeletionBudget(int limit)
{
    private int deleted;

    public int Deleted => Volatile.Read(ref deleted);

    public bool IsSpent => Deleted >= limit;

    public void Add(int documents) => Interlocked.Add(ref deleted, documents);
}
