namespace QANexus.LocalCosmos.Storage;

/// <summary>An open read transaction: what was durable when it was taken, whatever is written since. One thread at a time.</summary>
internal sealed class PinnedSnapshot : IDisposable
{
    private readonly StoreConnection _connection;

    public PinnedSnapshot(StoreConnection connection)
    {
        _connection = connection;
        connection.Execute("BEGIN");
        // A deferred transaction takes its snapshot with the first read.
        connection.Scalar("SELECT count(*) FROM databases");
    }

    public T Read<T>(Func<StoreConnection, T> work) => work(_connection);

    public void Dispose()
    {
        _connection.Execute("ROLLBACK");
        _connection.Dispose();
    }
}
