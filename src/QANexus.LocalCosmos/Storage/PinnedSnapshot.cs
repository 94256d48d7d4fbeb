namespace QANexus.LocalCosmos.Storage;

/// <summary>An open read transaction: what was durable when it was taken, whatever is written since.</summary>
internal sealed class PinnedSnapshot : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StoreConnection _connection;
    private bool _disposed;

    public PinnedSnapshot(StoreConnection connection)
    {
        _connection = connection;
        connection.Execute("BEGIN");
        // A deferred transaction takes its snapshot with the first read.
        connection.Scalar("SELECT count(*) FROM databases");
    }

    public T Read<T>(Func<StoreConnection, T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return work(_connection);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _connection.Execute("ROLLBACK");
            _connection.Dispose();
        }
    }
}
