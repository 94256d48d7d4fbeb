using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Data.Sqlite;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Storage;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Storage;

public sealed class DurabilityTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    [Fact]
    [Proves(Area.Durability, "everything is there after reopening")]
    public async Task What_was_stored_is_there_after_reopening()
    {
        using var directory = new TempDirectory();
        string etag, session, continuation;
        await using (var account = Open(directory.Path))
        {
            using var client = Client(account);
            Container container = await (await client.CreateDatabaseAsync("db")).Database
                .CreateContainerAsync(new ContainerProperties("streams", ["/tenant", "/stream"]), throughput: 20_000);
            etag = (await container.CreateItemAsync(new Entry("1", "t1", "s1") { N = 1 }, s_key)).ETag;
            session = (await container.CreateItemAsync(new Entry("2", "t1", "s1"), s_key)).Headers.Session;
            await account.SplitAsync("db", "streams", "0");
            using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Now(), ChangeFeedMode.Incremental);
            continuation = (await feed.ReadNextAsync()).ContinuationToken;
        }

        await using (var account = Open(directory.Path))
        {
            using var client = Client(account);
            var container = client.GetContainer("db", "streams");
            var read = await container.ReadItemAsync<Entry>("1", s_key, new ItemRequestOptions { SessionToken = session });
            Assert.Equal((1, etag), (read.Resource.N, read.ETag));
            Assert.Equal(["2", "3", "1"], account.PartitionKeyRangeIds("db", "streams"));

            await container.CreateItemAsync(new Entry("3", "t1", "s1"), s_key);
            using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.ContinuationToken(continuation), ChangeFeedMode.Incremental);
            var changes = new List<string>();
            while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
                changes.AddRange(page.Select(entry => entry.Id));
            Assert.Equal(["3"], changes);
        }
    }

    [Fact]
    [Proves(Area.Durability, "one process at a time")]
    public async Task A_second_opener_is_told_that_the_directory_is_in_use()
    {
        using var directory = new TempDirectory();
        await using var account = Open(directory.Path);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path));

        Assert.Equal($"The data directory '{directory.Path}' is in use by another process.", refusal.Message);
    }

    [Fact]
    public async Task Closing_an_account_frees_its_directory()
    {
        using var directory = new TempDirectory();
        await Open(directory.Path).DisposeAsync();

        await Open(directory.Path).DisposeAsync();
    }

    [Fact]
    public async Task A_file_of_another_program_is_refused_and_left_as_it_is()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "cosmos.db");
        Run(file, "CREATE TABLE theirs (n INTEGER)");
        var before = await File.ReadAllBytesAsync(file);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path));

        Assert.Contains("another program's database", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task A_newer_store_is_refused_and_left_as_it_is()
    {
        using var directory = new TempDirectory();
        await Open(directory.Path).DisposeAsync();
        var file = Path.Combine(directory.Path, "cosmos.db");
        Run(file, "PRAGMA user_version = 99");
        var before = await File.ReadAllBytesAsync(file);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path));

        Assert.Contains("of version 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "cosmos.db");
        var text = string.Concat(Enumerable.Repeat("not a database\n", 1000));
        await File.WriteAllTextAsync(file, text);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_file_cut_short_is_refused_and_left_as_it_is()
    {
        using var directory = new TempDirectory();
        await using (var account = Open(directory.Path))
        {
            using var client = Client(account);
            Container container = await (await client.CreateDatabaseAsync("db")).Database.CreateContainerAsync("flat", "/pk");
            foreach (var id in Enumerable.Range(0, 50))
                await container.CreateItemAsync(new { id = $"{id}", pk = "p", text = new string('x', 4000) }, new PartitionKey("p"));
        }

        var file = Path.Combine(directory.Path, "cosmos.db");
        var length = new FileInfo(file).Length;
        using (var stream = File.OpenWrite(file))
            stream.SetLength(length / 2);

        var refusal = Assert.Throws<StoreException>(() => Open(directory.Path));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(length / 2, new FileInfo(file).Length);
    }

    [Fact]
    public void A_directory_that_is_a_file_is_refused()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<StoreException>(() => Open(file));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_in_memory_or_in_a_directory()
    {
        Assert.Throws<ArgumentException>(() => LocalAccount.Open(new LocalAccountOptions()));
        Assert.Throws<ArgumentException>(() => LocalAccount.Open(new LocalAccountOptions { InMemory = true, DataDirectory = "x" }));
        Assert.Throws<ArgumentException>(() => LocalAccount.Open(new LocalAccountOptions { InMemory = true, AccountKey = "%" }));
    }

    private static LocalAccount Open(string path) => LocalAccount.Open(new LocalAccountOptions { DataDirectory = path });

    private static CosmosClient Client(LocalAccount account) => new(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        HttpClientFactory = () => new HttpClient(account.CreateHandler()),
        UseSystemTextJsonSerializerWithOptions = System.Text.Json.JsonSerializerOptions.Web,
    });

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
