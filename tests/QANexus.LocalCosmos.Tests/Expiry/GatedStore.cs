using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Tests.Expiry;

/// <summary>A store in memory whose shared writes wait until they are let through, or fail.</summary>
internal sealed class GatedStore : Store
{
    private readonly MemoryStore _store = MemoryStore.Open();
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _passes = new(0);
    private int _writes;

    public int Writes => Volatile.Read(ref _writes);

    public Exception? Failure { get; set; }

    /// <summary>Waits until a write stands before the gate.</summary>
    public Task ArrivedAsync() => _started.WaitAsync();

    public void LetThrough(int writes) => _passes.Release(writes);

    public override async Task<T> WriteAsync<T>(int size, Func<StoreConnection, T> work)
    {
        Interlocked.Increment(ref _writes);
        _started.Release();
        await _passes.WaitAsync();
        return Failure is { } failure ? throw failure : await _store.WriteAsync(size, work);
    }

    public override Task<T> WriteAloneAsync<T>(Func<StoreConnection, T> work, Action<T> committed) => _store.WriteAloneAsync(work, committed);

    public override T Read<T>(Func<StoreConnection, T> work) => _store.Read(work);

    public override PinnedSnapshot Pin() => _store.Pin();

    public override async ValueTask DisposeAsync()
    {
        _started.Dispose();
        _passes.Dispose();
        await _store.DisposeAsync();
    }
}
