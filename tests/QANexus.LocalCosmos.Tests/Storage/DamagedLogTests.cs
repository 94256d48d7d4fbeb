using System.Globalization;
using CsCheck;
using QANexus.LocalCosmos.Storage;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Storage;

/// <summary>
/// A crash tears what nobody was promised; what is missing of the rest was taken by somebody else. Each write puts two rows into one transaction.
/// </summary>
public sealed class DamagedLogTests
{
    private const int Writes = 40;

    private static readonly Gen<int> s_writes = Gen.Int[1, Writes];

    [Fact]
    [Proves(Area.Durability, "a torn log loses nothing before the tear and leaves no half write")]
    public async Task A_log_torn_behind_what_was_acknowledged_keeps_all_of_that_and_no_half_write()
    {
        var moments = await WriteAsync();
        var all = moments[Writes];

        // What was acknowledged at a moment, and of the log that a later one had written, some or other part, maybe ending in rubbish.
        Gen.Select(s_writes, Gen.Int[0, all.Log.Length], Gen.Byte.Array[0, 6000]).Sample(
            (acknowledged, length, rubbish) =>
            {
                var moment = moments[acknowledged];
                var log = all.Log[..Math.Max(length, moment.Log.Length)];

                var survivors = Survivors(moment with { Log = [.. log, .. rubbish] });

                Assert.InRange(survivors, acknowledged, Writes);
            },
            iter: 30, threads: 1);
        Assert.Equal(Writes, Survivors(all));
    }

    [Fact]
    [Proves(Area.Durability, "a log cut or changed where writes were acknowledged is refused and left as it is")]
    public async Task A_log_cut_short_anywhere_in_what_was_acknowledged_is_refused_and_left_as_it_is()
    {
        var moments = await WriteAsync();

        Gen.Select(s_writes, Gen.Int[0, int.MaxValue - 1]).Sample(
            (write, length) => AssertRefused(moments[write] with { Log = moments[write].Log[..(length % moments[write].Log.Length)] }),
            iter: 60, threads: 1);
    }

    [Fact]
    [Proves(Area.Durability, "a log cut or changed where writes were acknowledged is refused and left as it is")]
    public async Task A_byte_changed_anywhere_in_the_log_is_refused_and_left_as_it_is()
    {
        var moments = await WriteAsync();

        Gen.Select(s_writes, Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 255]).Sample(
            (write, place, change) => AssertRefused(
                moments[write] with { Log = StoredFiles.Changed(moments[write].Log, place % moments[write].Log.Length, change) }),
            iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_byte_changed_in_the_mark_is_refused_and_so_is_a_mark_that_is_cut_or_gone()
    {
        var files = (await WriteAsync())[Writes];

        foreach (var place in Enumerable.Range(0, files.Mark.Length))
            AssertRefused(files with { Mark = StoredFiles.Changed(files.Mark, place, 1) });
        foreach (var length in Enumerable.Range(0, files.Mark.Length))
            AssertRefused(files with { Mark = files.Mark[..length] });
        AssertRefused(files with { Mark = [.. files.Mark, 0] });
    }

    [Fact]
    [Proves(Area.Durability, "a database that was put back or taken away is refused")]
    public async Task An_older_database_is_refused_in_the_place_of_a_newer_one()
    {
        var moments = await WriteAsync();

        Gen.Select(s_writes, s_writes).Where((older, newer) => older < newer).Sample(
            (older, newer) => AssertRefused(moments[older] with { Mark = moments[newer].Mark }), iter: 20, threads: 1);
        AssertRefused(moments[Writes] with { Database = [], Log = [] });
    }

    [Fact]
    public async Task A_process_killed_before_it_made_its_tables_leaves_a_directory_for_the_next_one()
    {
        using var directory = new TempDirectory();
        await DurableStore.Open(directory.Path).DisposeAsync();
        var mark = StoredFiles.Read(directory.Path).Mark;

        Assert.Equal(0, Survivors(new StoredFiles([], [], mark)));
        Assert.Equal(0, Survivors(new StoredFiles([], [], [])));
    }

    // What was on the disk after each write.
    private static async Task<List<StoredFiles>> WriteAsync()
    {
        using var directory = new TempDirectory();
        await using var store = DurableStore.Open(directory.Path);
        var moments = new List<StoredFiles> { StoredFiles.Read(directory.Path) };
        var text = new string('x', 3000);
        for (var write = 0; write < Writes; write++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{write:000}");
            await store.WriteAsync(0, connection =>
            {
                connection.Run($"INSERT INTO counters (name, value, checksum) VALUES ('{name}-a {text}', {write}, 0); INSERT INTO counters (name, value, checksum) VALUES ('{name}-b {text}', {write}, 0)");
                return 0;
            });
            moments.Add(StoredFiles.Read(directory.Path));
        }

        return moments;
    }

    private static void AssertRefused(StoredFiles files)
    {
        using var directory = new TempDirectory();
        files.WriteTo(directory.Path);

        var refusal = Assert.Throws<StoreException>(() => DurableStore.Open(directory.Path));

        Assert.Contains(directory.Path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.True(files.Equal(StoredFiles.Read(directory.Path)), "The files were changed.");
    }

    private static int Survivors(StoredFiles files)
    {
        using var directory = new TempDirectory();
        files.WriteTo(directory.Path);
        var store = DurableStore.Open(directory.Path);
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
}
