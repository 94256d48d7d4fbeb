using System.Globalization;
using CsCheck;
using QANexus.LocalCosmos.Storage;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Storage;

public sealed class DamagedFileTests
{
    private const int Writes = 60;

    [Fact]
    [Proves(Area.Durability, "a database file cut short is refused and left as it is")]
    public async Task A_database_cut_short_at_any_place_is_refused_and_left_as_it_is()
    {
        using var directory = new TempDirectory();
        await (await WriteAsync(directory.Path)).DisposeAsync();
        var whole = await File.ReadAllBytesAsync(FileIn(directory));

        Gen.Int[1, whole.Length - 1].Sample(
            length =>
            {
                using var damaged = new TempDirectory();
                var file = FileIn(damaged);
                File.WriteAllBytes(file, whole[..length]);

                var refusal = Assert.Throws<StoreException>(() => DurableStore.Open(damaged.Path));

                Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', refusal.Message);
                Assert.Equal(whole[..length], File.ReadAllBytes(file));
            },
            iter: 60, threads: 1);
    }

    [Fact]
    [Proves(Area.Durability, "a torn log loses nothing before the tear and leaves no half write")]
    public async Task A_log_torn_at_any_place_leaves_the_writes_before_the_tear_and_no_half_one()
    {
        using var directory = new TempDirectory();
        await using var store = await WriteAsync(directory.Path);
        var database = await File.ReadAllBytesAsync(FileIn(directory));
        var log = await File.ReadAllBytesAsync(FileIn(directory) + "-wal");

        Gen.Int[0, log.Length].Array[2].Sample(
            lengths =>
            {
                Array.Sort(lengths);
                var (fewer, more) = (Survivors(database, log[..lengths[0]]), Survivors(database, log[..lengths[1]]));

                Assert.InRange(fewer, 0, more);
                Assert.InRange(more, 0, Writes);
            },
            iter: 30, threads: 1);
        Assert.Equal(Writes, Survivors(database, log));
    }

    [Fact]
    [Proves(Area.Durability, "a check on opening refuses a damaged structure or finds every row")]
    public async Task A_byte_changed_anywhere_is_refused_by_the_check_or_costs_no_row()
    {
        using var directory = new TempDirectory();
        await (await WriteAsync(directory.Path)).DisposeAsync();
        var whole = await File.ReadAllBytesAsync(FileIn(directory));
        var refused = 0;

        // Half of the changes hit the heads of pages, where the structure is.
        var anywhere = Gen.Int[0, whole.Length - 1];
        var inHead = Gen.Select(Gen.Int[0, (whole.Length / 4096) - 1], Gen.Int[0, 23], (page, offset) => (page * 4096) + offset);
        Gen.Select(Gen.OneOf(anywhere, inHead), Gen.Int[1, 255]).Sample(
            (place, change) =>
            {
                using var damaged = new TempDirectory();
                var bytes = (byte[])whole.Clone();
                bytes[place] ^= (byte)change;
                File.WriteAllBytes(FileIn(damaged), bytes);
                try
                {
                    var store = DurableStore.Open(damaged.Path, isChecked: true);
                    var rows = store.Read(connection => connection.Scalar("SELECT count(*) FROM counters"));
                    store.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    Assert.Equal(2 * Writes, rows);
                }
                catch (StoreException refusal)
                {
                    Assert.DoesNotContain('\n', refusal.Message);
                    refused++;
                }
            },
            iter: 150, threads: 1);
        Assert.True(refused > 0, "No change was refused.");
    }

    // Write n puts two rows in one transaction.
    private static async Task<DurableStore> WriteAsync(string directory)
    {
        var store = DurableStore.Open(directory);
        var text = new string('x', 3000);
        for (var write = 0; write < Writes; write++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{write:000}");
            await store.WriteAsync(0, connection =>
            {
                connection.Run($"INSERT INTO counters (name, value) VALUES ('{name}-a {text}', {write}); INSERT INTO counters (name, value) VALUES ('{name}-b {text}', {write})");
                return 0;
            });
        }

        return store;
    }

    private static int Survivors(byte[] database, byte[] log)
    {
        using var torn = new TempDirectory();
        File.WriteAllBytes(FileIn(torn), database);
        File.WriteAllBytes(FileIn(torn) + "-wal", log);
        var store = DurableStore.Open(torn.Path);
        try
        {
            var rows = store.Read(connection => connection.Scalar("SELECT count(*) FROM counters"));
            Assert.Equal(0, rows % 2);
            var writes = (int)(rows / 2);
            // The first ones, without a gap.
            Assert.Equal(
                2L * (writes * (writes - 1) / 2), store.Read(connection => connection.Scalar("SELECT coalesce(sum(value), 0) FROM counters")));
            return writes;
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string FileIn(TempDirectory directory) => Path.Combine(directory.Path, "cosmos.db");
}
