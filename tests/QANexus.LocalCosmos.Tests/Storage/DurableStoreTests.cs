using Microsoft.Data.Sqlite;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Tests.Storage;

public sealed class DurableStoreTests
{
    [Fact]
    public async Task A_write_that_throws_is_undone_alone()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);

        // All are in the queue before the first runs, so they share transactions.
        var writes = Enumerable.Range(0, 20).Select(number => store.WriteAsync(0, connection =>
        {
            connection.Run($"INSERT INTO counters (name, value, checksum) VALUES ('{number}', 1, 0)");
            return number % 2 == 0 ? number : throw new InvalidOperationException("odd");
        })).ToList();
        await Task.WhenAll(writes.Select(async write => await write.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(10, store.Read(connection => connection.Scalar("SELECT count(*) FROM counters")));
    }

    [Fact]
    public async Task Writes_of_a_transaction_that_cannot_commit_all_fail_and_the_next_one_works()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);

        // A write that ends the transaction under the writer's feet is the nearest thing to a disk that gives up.
        await Assert.ThrowsAsync<SqliteException>(() => store.WriteAsync(0, connection =>
        {
            connection.Run("ROLLBACK");
            return 0;
        }));
        var written = await store.WriteAsync(0, connection =>
        {
            connection.Run("INSERT INTO counters (name, value, checksum) VALUES ('after', 1, 0)");
            return 1;
        });

        Assert.Equal(1, written);
        Assert.Equal(1, store.Read(connection => connection.Scalar("SELECT count(*) FROM counters")));
    }

    [Fact]
    public async Task Writes_that_queued_up_become_durable_together()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);
        using var started = new ManualResetEventSlim();
        using var queued = new ManualResetEventSlim();

        var first = store.WriteAsync(0, _ =>
        {
            started.Set();
            queued.Wait();
            return 0;
        });
        // While the writer is held up in the first group, the next one queues up.
        started.Wait();
        var second = store.WriteAsync(0, connection =>
        {
            connection.Run("INSERT INTO counters (name, value, checksum) VALUES ('x', 1, 0)");
            return 0;
        });
        // It runs after the second, and still nothing is committed: they share a transaction.
        var third = store.WriteAsync(0, _ => store.Read(connection => connection.Scalar("SELECT count(*) FROM counters")));
        queued.Set();

        Assert.Equal(0, await third);
        await Task.WhenAll(first, second);
        Assert.Equal(1, store.Read(connection => connection.Scalar("SELECT count(*) FROM counters")));
    }

    [Fact]
    public async Task A_read_sees_one_state_however_long_it_takes()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);
        Task<int>? write = null;

        var (before, after) = store.Read(connection =>
        {
            var first = connection.Scalar("SELECT count(*) FROM counters");
            write = store.WriteAsync(0, writer =>
            {
                writer.Run("INSERT INTO counters (name, value, checksum) VALUES ('x', 1, 0)");
                return 0;
            });
            while (!write.IsCompleted)
                Thread.Yield();
            return (first, connection.Scalar("SELECT count(*) FROM counters"));
        });

        await write!;
        Assert.Equal((0, 0), (before, after));
        Assert.Equal(1, store.Read(connection => connection.Scalar("SELECT count(*) FROM counters")));
    }

    [Fact]
    public async Task What_a_lone_write_publishes_is_there_before_any_later_write_runs()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);
        var published = 0;

        var alone = store.WriteAloneAsync(_ => 7, value => published = value);
        var seen = await store.WriteAsync(0, _ => published);

        Assert.Equal(7, await alone);
        Assert.Equal(7, seen);
    }

    [Fact]
    public async Task A_closed_store_takes_no_more_writes()
    {
        using var directory = new TempDirectory();
        var store = DurableStore.Open(directory.Path);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(0, _ => 0));
    }
}
