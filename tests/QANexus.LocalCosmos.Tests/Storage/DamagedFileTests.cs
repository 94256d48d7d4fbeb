using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using Microsoft.Azure.Cosmos;
using Microsoft.Data.Sqlite;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Storage;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Storage;

public sealed class DamagedFileTests
{
    private const int Items = 60;

    // Whatever the number of documents, the tables of the catalogue come first.
    private const int CatalogPages = 10;

    /// <summary>Bytes that are changed, one after the other; a release changes some thousand.</summary>
    private static readonly int s_changes =
        Environment.GetEnvironmentVariable("LOCALCOSMOS_DAMAGES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 100;

    [Fact]
    [Proves(Area.Durability, "a database file cut short is refused and left as it is")]
    public async Task A_database_cut_short_at_any_place_is_refused_and_left_as_it_is()
    {
        var whole = await WriteAsync();

        Gen.Int[0, whole.Database.Length - 1].Sample(
            length =>
            {
                using var directory = new TempDirectory();
                var damaged = whole with { Database = whole.Database[..length] };
                damaged.WriteTo(directory.Path);

                var refusal = Assert.Throws<StoreException>(() => Open(directory.Path, isChecked: false));

                Assert.Contains(StoredFiles.DatabaseIn(directory.Path), refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', refusal.Message);
                Assert.True(damaged.Equal(StoredFiles.Read(directory.Path)), "The files were changed.");
            },
            iter: 60, threads: 1);
    }

    [Fact]
    [Proves(Area.Durability, "a byte changed anywhere: the check on opening refuses it or everything reads as it was written")]
    public async Task A_byte_changed_anywhere_is_refused_by_the_check_or_costs_nothing()
    {
        var whole = await WriteAsync();
        var expected = await ReadAllAsync(whole, isChecked: true);
        Assert.Equal(Items, expected.Count);
        var refused = 0;

        Damages(whole).Sample(
            damaged =>
            {
                try
                {
                    Assert.Equal(expected, ReadAllAsync(damaged, isChecked: true).GetAwaiter().GetResult());
                }
                catch (StoreException refusal)
                {
                    Assert.DoesNotContain('\n', refusal.Message);
                    refused++;
                }
            },
            iter: s_changes, threads: 1);
        Assert.True(refused > 0, "No change was refused.");
    }

    [Fact]
    [Proves(Area.Durability, "a byte changed anywhere never shows as wrong data")]
    public async Task A_byte_changed_anywhere_never_reads_as_another_document_even_without_a_check()
    {
        var whole = await WriteAsync();
        var expected = (await ReadAllAsync(whole, isChecked: false)).ToHashSet(StringComparer.Ordinal);
        var noticed = 0;

        Damages(whole).Sample(
            damaged =>
            {
                try
                {
                    Assert.Subset(expected, ReadAllAsync(damaged, isChecked: false).GetAwaiter().GetResult().ToHashSet(StringComparer.Ordinal));
                }
                catch (StoreException refusal)
                {
                    Assert.DoesNotContain('\n', refusal.Message);
                    noticed++;
                }
            },
            iter: s_changes, threads: 1);
        Assert.True(noticed > 0, "No change was noticed.");
    }

    /// <summary>SQLite keeps its tables as text, and would read columns by another name or in another order.</summary>
    [Theory]
    [InlineData("checksum INTEGER NOT NULL, body", "checksun INTEGER NOT NULL, body")]
    [InlineData("revision INTEGER NOT NULL, lsn INTEGER NOT NULL", "lsn INTEGER NOT NULL, revision INTEGER NOT NULL")]
    [InlineData("size INTEGER NOT NULL", "size NUMERIC NOT NULL")]
    [InlineData("CREATE INDEX versions_1_lsn", "CREATE INDEX versions_1_isn")]
    [InlineData("counters (name", "counterz (name")]
    [InlineData("containers (\n", "containerz (\n")]
    public async Task A_table_that_is_not_as_it_was_created_is_refused(string text, string other)
    {
        var whole = await WriteAsync();
        using var directory = new TempDirectory();
        var damaged = whole with { Database = Replace(whole.Database, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(other)) };
        Assert.False(damaged.Equal(whole), "Nothing was changed.");
        damaged.WriteTo(directory.Path);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path, isChecked: false));

        Assert.Contains(StoredFiles.DatabaseIn(directory.Path), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    /// <summary>What SQLite takes for sound, as damage to the head of a page leaves it, or to a row's text.</summary>
    [Theory]
    [InlineData("DELETE FROM commits")]
    [InlineData("DELETE FROM databases")]
    [InlineData("DELETE FROM ranges")]
    [InlineData("DELETE FROM ranges WHERE id = 1")]
    [InlineData("UPDATE ranges SET parents = 'x' WHERE id = 1")]
    [InlineData("UPDATE ranges SET parents = '99999999999' WHERE id = 1")]
    [InlineData("UPDATE containers SET database = 7")]
    [InlineData("UPDATE containers SET throughput = 10001")]
    [InlineData("UPDATE containers SET throughput = NULL")]
    [InlineData("DELETE FROM containers")]
    [InlineData("UPDATE containers SET sequence = sequence + 1")]
    [InlineData("UPDATE ranges SET lsn = lsn + 1 WHERE id = 2")]
    [InlineData("UPDATE ranges SET version_floor = version_floor + 1 WHERE id = 1")]
    [InlineData("UPDATE counters SET value = value + 1 WHERE name = 'lsn-floor'")]
    [InlineData("UPDATE counters SET name = 'lsn-flooR' WHERE name = 'lsn-floor'")]
    [InlineData("UPDATE counters SET value = value + 1 WHERE name = 'containers'")]
    [InlineData("DELETE FROM counters WHERE name = 'databases'")]
    [InlineData("DELETE FROM counters WHERE name = 'lsn-floor'")]
    public async Task A_catalogue_that_does_not_fit_together_is_refused(string damage)
    {
        var whole = await WriteAsync();
        using var directory = new TempDirectory();
        whole.WriteTo(directory.Path);
        ChangeRows(directory.Path, damage);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path, isChecked: false));

        Assert.Contains(StoredFiles.DatabaseIn(directory.Path), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("UPDATE unique_keys_1 SET key = key || x'00' WHERE number = 7")]
    [InlineData("UPDATE unique_keys_1 SET number = 8 WHERE number = 7")]
    [InlineData("DELETE FROM unique_keys_1 WHERE number = 7")]
    [InlineData("INSERT INTO unique_keys_1 (epk, key, number) VALUES (x'00', x'00', 7)")]
    public async Task Unique_keys_that_are_not_those_of_the_documents_are_refused_by_the_check(string damage)
    {
        var whole = await WriteAsync();
        using var directory = new TempDirectory();
        whole.WriteTo(directory.Path);
        ChangeRows(directory.Path, damage);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path, isChecked: true));

        Assert.Contains(StoredFiles.DatabaseIn(directory.Path), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    [Proves(Area.Durability, "a document whose text was changed is an error that names the file, and the others are read")]
    public async Task A_document_whose_text_was_changed_is_an_error_that_names_the_file()
    {
        var whole = await WriteAsync();
        using var directory = new TempDirectory();
        (whole with { Database = Replace(whole.Database, "[17][17]"u8, "[17][71]"u8) }).WriteTo(directory.Path);
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path });
        var failures = new List<Exception>();
        account.UnhandledFailure += (_, failure) => failures.Add(failure.Failure);
        using var client = DoomedWriter.CreateClient(account);
        var container = client.GetContainer("db", "streams");

        var failure = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Entry>("17", s_key));
        var other = await container.ReadItemAsync<Entry>("18", s_key);

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
        Assert.Contains(StoredFiles.DatabaseIn(directory.Path), failure.Message, StringComparison.Ordinal);
        Assert.IsType<StoreException>(Assert.Single(failures));
        Assert.Equal(TextOf(18), other.Resource.Key);
    }

    private static readonly PartitionKey s_key = Entry.KeyOf("t", "s");

    // A third of the changes hits the heads of pages, where the structure is, and a third the catalogue.
    private static Gen<StoredFiles> Damages(StoredFiles whole)
    {
        var anywhere = Gen.Int[0, whole.Database.Length - 1];
        var inHead = Gen.Select(
            Gen.Int[0, (whole.Database.Length / Schema.PageSize) - 1], Gen.Int[0, 23], (page, offset) => (page * Schema.PageSize) + offset);
        var inCatalog = Gen.Int[0, (CatalogPages * Schema.PageSize) - 1];
        return Gen.Select(
            Gen.OneOf(anywhere, inHead, inCatalog), Gen.Int[1, 255],
            (place, change) => whole with { Database = StoredFiles.Changed(whole.Database, place, change) });
    }

    private static async Task<StoredFiles> WriteAsync()
    {
        using var directory = new TempDirectory();
        await using (var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path }))
        {
            using var client = DoomedWriter.CreateClient(account);
            Database database = await client.CreateDatabaseAsync("db");
            var definition = new ContainerProperties("streams", ["/tenant", "/stream"])
            {
                UniqueKeyPolicy = new UniqueKeyPolicy { UniqueKeys = { new UniqueKey { Paths = { "/n" } } } },
            };
            Container container = await database.CreateContainerAsync(definition, throughput: 10_000);
            await Task.WhenAll(Enumerable.Range(0, Items).Select(
                number => container.CreateItemAsync(new Entry($"{number}", "t", "s") { N = number, Key = TextOf(number) }, s_key)));
            await account.SplitAsync("db", "streams", "0");
            Container deleted = await database.CreateContainerAsync(new ContainerProperties("deleted", ["/tenant", "/stream"]));
            await deleted.CreateItemAsync(new Entry("0", "t", "s"), s_key);
            await deleted.DeleteContainerAsync();
        }

        return StoredFiles.Read(directory.Path);
    }

    private static void ChangeRows(string directory, string damage)
    {
        using var connection = new SqliteConnection($"Data Source={StoredFiles.DatabaseIn(directory)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = damage;
        Assert.True(command.ExecuteNonQuery() > 0, "Nothing was changed.");
    }

    // Wherever it is: pages keep what was moved to others.
    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        var changed = (byte[])bytes.Clone();
        for (var rest = changed.AsSpan(); rest.IndexOf(text) is >= 0 and var place; rest = rest[(place + text.Length)..])
            other.CopyTo(rest[place..]);
        return changed;
    }

    private static string TextOf(int number) => string.Concat(Enumerable.Repeat($"[{number}]", 400));

    private static DurableStore Open(string directory, bool isChecked) => DurableStore.Open(directory, isChecked, connection =>
    {
        var catalog = CatalogTables.Load(connection);
        if (isChecked)
            StoreCheck.RequireEveryRow(connection, catalog);
    });

    private static async Task<List<string>> ReadAllAsync(StoredFiles files, bool isChecked)
    {
        using var directory = new TempDirectory();
        files.WriteTo(directory.Path);
        await using var store = Open(directory.Path, isChecked);
        var container = new AccountData(store, TimeProvider.System).Catalog.AllContainers.Single();
        return store.Read(connection => container.Ranges
            .SelectMany(range => new DocumentScan(connection, container, new(range, range.Keys, false, true), now: 0).ScanNumbers(0))
            .Select(row => Encoding.UTF8.GetString(row.Body)).ToList());
    }
}
