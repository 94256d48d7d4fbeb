using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Stress;

/// <summary>
/// One client. Nobody else writes the items of its own streams, so it knows what every operation on them has to answer; counters and races it shares
/// with the others, and there it remembers what it was told.
/// </summary>
internal sealed class StressClient(int number, Container container, Random random, ConcurrentDictionary<string, int> races)
{
    public const int Counters = 3;

    private const int Streams = 3;
    private const int Ids = 8;

    // What of the items is here is right now: by stream and id, with the ETag.
    private readonly Dictionary<(string Stream, string Id), (Entry Entry, string ETag)> _items = [];
    private readonly Dictionary<string, Entry> _won = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _milestones = [];
    private int _races;

    public static PartitionKey SharedKey { get; } = Entry.KeyOf("shared", "shared");

    public int Operations { get; private set; }

    public int[] Increments { get; } = new int[Counters];

    public IEnumerable<(string Key, string Value)> Expected => _items.Values.Select(item => item.Entry).Concat(_won.Values).Select(Describe);

    private string Tenant { get; } = string.Create(CultureInfo.InvariantCulture, $"t{number % 5}");

    public static Entry CounterOf(int counter, int value) => new($"counter-{counter}", "shared", "shared") { N = value };

    public static (string Key, string Value) Describe(Entry entry) =>
        ($"{entry.Tenant}/{entry.Stream}/{entry.Id}", $"{entry.N.ToString(CultureInfo.InvariantCulture)} {entry.Key}");

    /// <summary>Completes when so many operations have been done.</summary>
    public Task ReachesAsync(int operations, CancellationToken cancellationToken)
    {
        var milestone = _milestones.GetOrAdd(operations, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Operations >= operations)
            milestone.TrySetResult();
        return milestone.Task.WaitAsync(cancellationToken);
    }

    public async Task WorkAsync(int operations, CancellationToken deadline)
    {
        while (Operations < operations && !deadline.IsCancellationRequested)
        {
            await (random.Next(12) switch
            {
                0 or 1 => CreateAsync(),
                2 => UpsertAsync(),
                3 or 4 => ReplaceAsync(),
                5 => PatchAsync(),
                6 => DeleteAsync(),
                7 => ReadAsync(),
                8 => QueryAsync(),
                9 => IncrementAsync(),
                10 => RaceAsync(),
                _ => BatchAsync(),
            });
            Operations++;
            if (_milestones.TryGetValue(Operations, out var milestone))
                milestone.TrySetResult();
        }
    }

    private async Task CreateAsync()
    {
        var entry = Draw();
        var answer = await TryAsync(() => container.CreateItemAsync(entry, entry.PartitionKey));
        Expect(Find(entry) is null ? HttpStatusCode.Created : HttpStatusCode.Conflict, answer.Status, entry);
        Keep(entry, answer.ETag);
    }

    private async Task UpsertAsync()
    {
        var entry = Draw();
        var answer = await TryAsync(() => container.UpsertItemAsync(entry, entry.PartitionKey));
        Expect(Find(entry) is null ? HttpStatusCode.Created : HttpStatusCode.OK, answer.Status, entry);
        Keep(entry, answer.ETag);
    }

    private async Task ReplaceAsync()
    {
        var entry = Draw();
        var stored = Find(entry);
        var isStale = random.Next(3) == 0;
        var condition = isStale ? "\"of another time\"" : stored?.ETag;
        var answer = await TryAsync(() => container.ReplaceItemAsync(
            entry, entry.Id, entry.PartitionKey, new ItemRequestOptions { IfMatchEtag = condition }));
        Expect(stored is null ? HttpStatusCode.NotFound : isStale ? HttpStatusCode.PreconditionFailed : HttpStatusCode.OK, answer.Status, entry);
        Keep(entry, answer.ETag);
    }

    private async Task PatchAsync()
    {
        var entry = Draw();
        var stored = Find(entry);
        var answer = await TryAsync(() => container.PatchItemAsync<Entry>(
            entry.Id, entry.PartitionKey, [PatchOperation.Increment("/n", 7), PatchOperation.Set("/key", entry.Key)]));
        Expect(stored is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.Status, entry);
        if (stored is { } before)
            Keep(before.Entry with { N = before.Entry.N + 7, Key = entry.Key }, answer.ETag);
    }

    private async Task DeleteAsync()
    {
        var entry = Draw();
        var answer = await TryAsync(() => container.DeleteItemAsync<Entry>(entry.Id, entry.PartitionKey));
        Expect(Find(entry) is null ? HttpStatusCode.NotFound : HttpStatusCode.NoContent, answer.Status, entry);
        _items.Remove((entry.Stream, entry.Id));
    }

    private async Task ReadAsync()
    {
        var entry = Draw();
        var answer = await TryAsync(() => container.ReadItemAsync<Entry>(entry.Id, entry.PartitionKey));
        Expect(Find(entry) is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.Status, entry);
        if (Find(entry) is { } stored)
            Assert.Equal((stored.Entry, stored.ETag), (answer.Entry, answer.ETag));
    }

    private async Task QueryAsync()
    {
        var stream = Draw().Stream;
        var found = new List<Entry>();
        using var pages = container.GetItemQueryIterator<Entry>(
            "SELECT * FROM c ORDER BY c.n DESC",
            requestOptions: new QueryRequestOptions { PartitionKey = Entry.KeyOf(Tenant, stream), MaxItemCount = random.Next(1, 5) });
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync());
        var expected = _items.Values.Select(item => item.Entry).Where(entry => entry.Stream == stream).OrderByDescending(entry => entry.N).ToList();
        Assert.Equal(expected.Select(entry => entry.N), found.Select(entry => entry.N));
        Assert.Equal(expected.Select(Describe).ToHashSet(), found.Select(Describe).ToHashSet());
    }

    private async Task BatchAsync()
    {
        var stream = Draw().Stream;
        var batch = container.CreateTransactionalBatch(Entry.KeyOf(Tenant, stream));
        var after = new Dictionary<string, Entry?>(StringComparer.Ordinal);
        HttpStatusCode? refusal = null;
        for (var operation = random.Next(1, 6); operation > 0; operation--)
        {
            var entry = Draw() with { Stream = stream };
            var stored = after.TryGetValue(entry.Id, out var written) ? written : Find(entry)?.Entry;
            switch (random.Next(4))
            {
                case 0:
                    batch.CreateItem(entry);
                    refusal ??= stored is null ? null : HttpStatusCode.Conflict;
                    after[entry.Id] = entry;
                    break;
                case 1:
                    batch.UpsertItem(entry);
                    after[entry.Id] = entry;
                    break;
                case 2:
                    batch.ReplaceItem(entry.Id, entry);
                    refusal ??= stored is null ? HttpStatusCode.NotFound : null;
                    after[entry.Id] = entry;
                    break;
                default:
                    batch.DeleteItem(entry.Id);
                    refusal ??= stored is null ? HttpStatusCode.NotFound : null;
                    after[entry.Id] = null;
                    break;
            }
        }

        using var response = await batch.ExecuteAsync();
        Assert.Equal(refusal ?? HttpStatusCode.OK, response.StatusCode);
        if (refusal is not null)
            return;
        foreach (var (id, entry) in after)
        {
            if (entry is null)
            {
                _items.Remove((stream, id));
                continue;
            }

            var read = await container.ReadItemAsync<Entry>(id, entry.PartitionKey);
            Assert.Equal(entry, read.Resource);
            Keep(entry, read.ETag);
        }
    }

    private async Task IncrementAsync()
    {
        var counter = random.Next(Counters);
        if (random.Next(2) == 0)
        {
            await container.PatchItemAsync<Entry>($"counter-{counter}", SharedKey, [PatchOperation.Increment("/n", 1)]);
            Increments[counter]++;
            return;
        }

        // The other way: read, and replace what has not changed since.
        var read = await container.ReadItemAsync<Entry>($"counter-{counter}", SharedKey);
        var answer = await TryAsync(() => container.ReplaceItemAsync(
            read.Resource with { N = read.Resource.N + 1 }, read.Resource.Id, SharedKey, new ItemRequestOptions { IfMatchEtag = read.ETag }));
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed, $"{answer.Status}");
        if (answer.Status == HttpStatusCode.OK)
            Increments[counter]++;
    }

    private async Task RaceAsync()
    {
        var entry = new Entry($"race-{_races++}", "shared", "races") { N = number };
        var answer = await TryAsync(() => container.CreateItemAsync(entry, entry.PartitionKey));
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.Status}");
        if (answer.Status != HttpStatusCode.Created)
            return;
        Assert.True(races.TryAdd(entry.Id, number), $"{entry.Id} was won twice.");
        _won.Add(entry.Id, entry);
    }

    private static async Task<(HttpStatusCode Status, Entry? Entry, string? ETag)> TryAsync(Func<Task<ItemResponse<Entry>>> operation)
    {
        try
        {
            var response = await operation();
            return (response.StatusCode, response.Resource, response.ETag);
        }
        catch (CosmosException refusal)
        {
            return (refusal.StatusCode, null, null);
        }
    }

    private Entry Draw() => new($"{random.Next(Ids)}", Tenant, $"s{number}-{random.Next(Streams)}")
    {
        N = random.Next(1000),
        Key = new string((char)('a' + random.Next(26)), random.Next(1, 600)),
    };

    private (Entry Entry, string ETag)? Find(Entry entry) => _items.TryGetValue((entry.Stream, entry.Id), out var item) ? item : null;

    // Without an ETag it was refused.
    private void Keep(Entry entry, string? etag)
    {
        if (etag is not null)
            _items[(entry.Stream, entry.Id)] = (entry, etag);
    }

    private void Expect(HttpStatusCode expected, HttpStatusCode actual, Entry entry) =>
        Assert.True(expected == actual, $"Client {number}, operation {Operations} on {entry.Stream}/{entry.Id}: {actual} instead of {expected}.");
}
