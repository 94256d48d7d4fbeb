namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// Everything that is stored. Writes run one after another, each seeing the effects of those before it and undone alone when it throws; a
/// write completes when it is durable. Reads run beside them on a snapshot of what is durable.
/// </summary>
internal abstract class Store : IAsyncDisposable
{
    /// <summary>Runs a write and waits until it is durable. <paramref name="size"/> is about how many bytes it writes, to bound what one transaction collects.</summary>
    public abstract Task<T> WriteAsync<T>(int size, Func<StoreConnection, T> work);

    /// <summary>
    /// Runs a write in a transaction of its own. <paramref name="committed"/> runs when it is durable and before any later write starts, so that
    /// later writes find what it published.
    /// </summary>
    public abstract Task<T> WriteAloneAsync<T>(Func<StoreConnection, T> work, Action<T> committed);

    /// <summary>Runs a read on one snapshot.</summary>
    public abstract T Read<T>(Func<StoreConnection, T> work);

    /// <summary>A snapshot that stays as it is now until it is disposed.</summary>
    /// <exception cref="NotSupportedException">The store is in memory.</exception>
    public abstract PinnedSnapshot Pin();

    public abstract ValueTask DisposeAsync();
}
