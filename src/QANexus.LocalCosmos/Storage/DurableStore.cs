using System.Collections.Concurrent;
using System.Threading.Channels;

namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// A store in a directory. One writer collects the writes that queued up while the previous transaction became durable and commits them
/// together, so that durability costs one sync for all of them; none completes before that sync.
/// </summary>
internal sealed class DurableStore : Store
{
    private const int MaxGroup = 256;
    private const int MaxGroupBytes = 8 * 1024 * 1024;
    private const int MaxIdleReaders = 8;

    private readonly DataDirectory _directory;
    private readonly StoreConnection _writer;
    private readonly ConcurrentStack<StoreConnection> _readers = [];
    private readonly Channel<PendingWrite> _queue =
        Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });

    private readonly Task _loop;
    private int _idleReaders;
    private long _unmarked;
    private volatile bool _disposed;

    private DurableStore(DataDirectory directory, StoreConnection writer)
    {
        _directory = directory;
        _writer = writer;
        _loop = Task.Run(WriteAllAsync);
    }

    /// <param name="path">The directory.</param>
    /// <param name="isChecked">Whether the structure of the whole file is looked at.</param>
    /// <param name="verify">What else has to hold of the content before the store is opened.</param>
    /// <exception cref="StoreException">The directory cannot be used, or what is in it is not this server's, or damaged. It is left as it is.</exception>
    public static DurableStore Open(string path, bool isChecked = false, Action<StoreConnection>? verify = null)
    {
        var directory = DataDirectory.Own(path);
        try
        {
            return new DurableStore(directory, directory.OpenWriter(isChecked, verify));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public override Task<T> WriteAsync<T>(int size, Func<StoreConnection, T> work) =>
        EnqueueAsync(new PendingWrite<T>(size, isAlone: false, work, committed: null));

    public override Task<T> WriteAloneAsync<T>(Func<StoreConnection, T> work, Action<T> committed) =>
        EnqueueAsync(new PendingWrite<T>(0, isAlone: true, work, committed));

    public override T Read<T>(Func<StoreConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reader = RentReader();
        try
        {
            reader.Execute("BEGIN");
            try
            {
                return work(reader);
            }
            finally
            {
                reader.Execute("ROLLBACK");
            }
        }
        finally
        {
            ReturnReader(reader);
        }
    }

    public override PinnedSnapshot Pin() => new(_directory.OpenReader());

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _queue.Writer.TryComplete();
        await _loop;
        while (_readers.TryPop(out var reader))
            reader.Dispose();
        _writer.Dispose();
        _directory.Mark.Flush();
        _directory.Dispose();
    }

    private StoreConnection RentReader()
    {
        if (!_readers.TryPop(out var reader))
            return _directory.OpenReader();
        Interlocked.Decrement(ref _idleReaders);
        return reader;
    }

    private void ReturnReader(StoreConnection reader)
    {
        if (!_disposed && Interlocked.Increment(ref _idleReaders) <= MaxIdleReaders)
        {
            _readers.Push(reader);
            return;
        }

        if (!_disposed)
            Interlocked.Decrement(ref _idleReaders);
        reader.Dispose();
    }

    private async Task<T> EnqueueAsync<T>(PendingWrite<T> write)
    {
        try
        {
            await _queue.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The account is closed.", closed);
        }

        return await write.Task;
    }

    private async Task WriteAllAsync()
    {
        var group = new List<PendingWrite>(MaxGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            Collect(group);
            try
            {
                Commit(group);
            }
            catch (Exception failure)
            {
                Abandon(group, failure);
                continue;
            }

            Mark();
            foreach (var write in group)
                write.Complete();
            group.Clear();
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        // Nothing more is promised before the mark says what has been.
        if (_unmarked > 0)
            _directory.Mark.Write(_unmarked);
        _writer.Execute("BEGIN IMMEDIATE");
        foreach (var write in group)
            write.Execute(_writer);
        var number = _writer.Scalar("UPDATE commits SET number = number + 1 RETURNING number");
        _writer.Execute("COMMIT");
        _unmarked = number;
    }

    private void Mark()
    {
        try
        {
            _directory.Mark.Write(_unmarked);
            _unmarked = 0;
        }
        catch (IOException)
        {
            // The group is durable and is answered so; the next one has to wait for the mark.
        }
    }

    private void Collect(List<PendingWrite> group)
    {
        var bytes = 0;
        while (group.Count < MaxGroup && bytes < MaxGroupBytes && _queue.Reader.TryPeek(out var next))
        {
            if (next.IsAlone && group.Count > 0)
                return;
            _queue.Reader.TryRead(out _);
            group.Add(next);
            bytes += next.Size;
            if (next.IsAlone)
                return;
        }
    }

    // Disk full, an I/O error: none of the group is durable, so all of it failed, and the loop goes on with the next.
    private void Abandon(List<PendingWrite> group, Exception failure)
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself, as it does after the gravest errors.
        }

        foreach (var write in group)
            write.Fail(failure);
        group.Clear();
    }
}
