using Microsoft.Data.Sqlite;

namespace QANexus.LocalCosmos.Storage;

/// <summary>A store that ends with the process: one private in-memory database, used by one request at a time.</summary>
internal sealed class MemoryStore : Store
{
    private readonly Lock _gate = new();
    private readonly StoreConnection _connection;
    private bool _disposed;

    private MemoryStore(StoreConnection connection) => _connection = connection;

    public static MemoryStore Open()
    {
        var connection = StoreConnection.Open(":memory:", SqliteOpenMode.Memory);
        Schema.Create(connection);
        return new MemoryStore(connection);
    }

    public override Task<T> WriteAsync<T>(int size, Func<StoreConnection, T> work)
    {
        try
        {
            return Task.FromResult(Run(work, static _ => { }));
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    public override Task<T> WriteAloneAsync<T>(Func<StoreConnection, T> work, Action<T> committed)
    {
        try
        {
            return Task.FromResult(Run(work, committed));
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    public override T Read<T>(Func<StoreConnection, T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return work(_connection);
        }
    }

    public override PinnedSnapshot Pin() =>
        throw new NotSupportedException("A store in memory has one state only: lagging reads need a data directory.");

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_disposed)
                _connection.Dispose();
            _disposed = true;
        }

        return ValueTask.CompletedTask;
    }

    private T Run<T>(Func<StoreConnection, T> work, Action<T> committed)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var savepoint = _connection.BeginSavepoint();
            var result = work(_connection);
            savepoint.Keep();
            committed(result);
            return result;
        }
    }
}
