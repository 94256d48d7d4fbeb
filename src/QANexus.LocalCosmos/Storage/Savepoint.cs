namespace QANexus.LocalCosmos.Storage;

/// <summary>A part of a transaction that can be undone alone. Savepoints nest; SQLite's names resolve to the innermost one.</summary>
internal sealed class Savepoint(StoreConnection connection) : IDisposable
{
    private bool _ended;

    public void Keep()
    {
        connection.Execute("RELEASE step");
        _ended = true;
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        connection.Execute("ROLLBACK TO step");
        connection.Execute("RELEASE step");
    }
}
