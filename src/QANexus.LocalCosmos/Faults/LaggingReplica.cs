using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Faults;

/// <summary>A replica that stands still until it has fallen too far behind, and then catches up at once.</summary>
internal sealed class LaggingReplica : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AccountData _account;
    private readonly LaggingReplicaFault _lag;
    private PinnedSnapshot? _snapshot;
    private long _writes;
    private long _takenAt;

    public LaggingReplica(AccountData account, LaggingReplicaFault lag)
    {
        _account = account;
        _lag = lag;
        CatchUp();
    }

    /// <summary>Null where the work finds this state too old, or the replica has been switched off.</summary>
    public T? Read<T>(Func<StoreConnection, T?> work)
        where T : class
    {
        lock (_gate)
        {
            if (_snapshot is null)
                return null;
            if (_account.Writes - _writes > _lag.MaxWrites || _account.Time.GetElapsedTime(_takenAt) > _lag.MaxAge)
                CatchUp();
            return _snapshot.Read(work);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _snapshot?.Dispose();
            _snapshot = null;
        }
    }

    private void CatchUp()
    {
        _snapshot?.Dispose();
        // Counted before the snapshot is taken: it may then be newer than it claims, never older.
        _writes = _account.Writes;
        _takenAt = _account.Time.GetTimestamp();
        _snapshot = _account.Store.Pin();
    }
}
