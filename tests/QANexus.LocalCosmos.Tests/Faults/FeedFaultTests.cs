using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Tests.Packaging;
using Xunit.Abstractions;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class FeedFaultTests(ITestOutputHelper output)
{
    private const int Seed = 11;

    [Fact]
    [Proves(Area.Faults, "change-feed pages that come again, late, or in another order across partitions")]
    public async Task A_duplicated_page_comes_again_and_then_the_feed_goes_on()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, streams: 1, perStream: 4);
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new DuplicateFeedFault(), Times = 1 });

        var pages = await ReadPagesAsync(container, pageSize: 2);

        Assert.Equal(1, fault.Hits);
        Assert.Equal([[0, 1], [0, 1], [2, 3]], pages.Where(page => page.Count > 0).Select(page => page.Select(entry => entry.N)));
    }

    [Fact]
    public async Task An_empty_page_is_no_hit()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new DuplicateFeedFault() });

        await ReadPagesAsync(container, pageSize: 2);

        Assert.Equal(0, fault.Hits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [Proves(Area.Faults, "change-feed pages that come again, late, or in another order across partitions")]
    public async Task A_late_change_comes_the_given_number_of_pages_later_and_newer_ones_of_its_partition_behind_it(int late)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New("held", 0), Entry.KeyOf("t", "held"));
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new LateFeedFault(Pages: late), Times = 1 });
        using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        Assert.Empty(NamesOf(await feed.ReadNextAsync()));
        for (var page = 1; page < late; page++)
        {
            await container.CreateItemAsync(New("free", page), Entry.KeyOf("t", "free"));
            await container.CreateItemAsync(New("held", page), Entry.KeyOf("t", "held"));
            Assert.Equal([$"free{page}"], NamesOf(await feed.ReadNextAsync()));
        }

        await container.CreateItemAsync(New("held", late), Entry.KeyOf("t", "held"));
        var due = NamesOf(await feed.ReadNextAsync());
        var after = NamesOf(await feed.ReadNextAsync());

        Assert.Equal(Enumerable.Range(0, late + 1).Select(number => $"held{number}"), due);
        Assert.Empty(after);
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task A_late_change_comes_when_its_time_on_the_accounts_clock_is_over()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New("held", 0), Entry.KeyOf("t", "held"));
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new LateFeedFault(By: TimeSpan.FromSeconds(2)), Times = 1 });
        using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        var struck = NamesOf(await feed.ReadNextAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        var early = NamesOf(await feed.ReadNextAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        var due = NamesOf(await feed.ReadNextAsync());

        Assert.Equal([0, 0, 1], new[] { struck, early, due }.Select(names => names.Count));
    }

    [Fact]
    public async Task What_is_late_is_part_of_the_continuation_and_survives_the_rule_and_a_split()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, streams: 8, perStream: 2);
        string continuation;
        using (account.Account.Faults.Add(new FaultRule { Fault = new LateFeedFault(Pages: 1) }))
        {
            using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
            var page = await feed.ReadNextAsync();
            Assert.Equal(HttpStatusCode.NotModified, page.StatusCode);
            continuation = page.ContinuationToken;
        }

        await account.Account.SplitAsync("db", "streams", "0");
        var pages = await ReadPagesAsync(container, pageSize: 100, ChangeFeedStartFrom.ContinuationToken(continuation));

        AssertOrdered(pages, streams: 8, perStream: 2);
        Assert.Equal(16, pages.Sum(page => page.Count));
    }

    [Fact]
    [Proves(Area.Faults, "change-feed pages that come again, late, or in another order across partitions")]
    public async Task A_reordered_page_keeps_the_order_inside_every_logical_partition()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, streams: 4, perStream: 6);
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new ReorderedFeedFault(), Seed = Seed });

        var first = Assert.Single(await ReadPagesAsync(container, pageSize: 100), page => page.Count > 0);
        var second = Assert.Single(await ReadPagesAsync(container, pageSize: 100), page => page.Count > 0);

        AssertOrdered([first], streams: 4, perStream: 6);
        Assert.NotEqual(first.Select(entry => entry.Id), first.OrderBy(entry => entry.N).ThenBy(entry => entry.Stream, StringComparer.Ordinal).Select(entry => entry.Id));
        Assert.NotEqual(first.Select(entry => entry.Id), second.Select(entry => entry.Id));
    }

    [Fact]
    [Proves(Area.Faults, "change-feed pages that come again, late, or in another order across partitions")]
    public async Task All_feed_faults_together_lose_nothing_and_keep_the_order_of_first_deliveries()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 20_000);
        await WriteAsync(container, streams: 12, perStream: 10);
        // No seeds: the output tells those that were taken.
        ActiveFault[] faults =
        [
            .. new Fault[] { new DuplicateFeedFault(), new LateFeedFault(Pages: 3), new ReorderedFeedFault() }
                .Select(fault => account.Account.Faults.Add(new FaultRule { Fault = fault, Probability = 0.4 })),
        ];
        foreach (var fault in faults)
            output.WriteLine(fault.ToString());

        var pages = await ReadPagesAsync(container, pageSize: 7, quietPages: 10);

        AssertOrdered(pages, streams: 12, perStream: 10);
        Assert.All(faults, fault => Assert.True(fault.Hits > 0, fault.ToString()));
    }

    [Fact]
    public async Task A_rule_without_a_seed_takes_one_that_repeats_its_draws()
    {
        await using var account = await TestAccount.OpenAsync();
        var rule = new FaultRule { Fault = new StatusFault(503), Probability = 0.5 };
        using var first = account.Account.Faults.Add(rule);
        using var again = account.Account.Faults.Add(first.Rule);

        Assert.Equal(first.Seed, again.Seed);
        Assert.Equal(Enumerable.Range(0, 64).Select(_ => first.Strikes()).ToList(), Enumerable.Range(0, 64).Select(_ => again.Strikes()).ToList());
    }

    private static async Task WriteAsync(Container container, int streams, int perStream)
    {
        for (var number = 0; number < perStream; number++)
        {
            for (var stream = 0; stream < streams; stream++)
                await container.CreateItemAsync(New($"s{stream}-", number), Entry.KeyOf("t", $"s{stream}-"));
        }
    }

    private static Entry New(string stream, int number) => new($"{stream}{number}", "t", stream) { N = number };

    private static async Task<IReadOnlyList<IReadOnlyList<Entry>>> ReadPagesAsync(
        Container container, int pageSize, ChangeFeedStartFrom? start = null, int quietPages = 1)
    {
        using var feed = container.GetChangeFeedIterator<Entry>(
            start ?? ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
        var pages = new List<IReadOnlyList<Entry>>();
        for (var quiet = 0; quiet < quietPages;)
        {
            var page = await feed.ReadNextAsync();
            quiet = page.StatusCode == HttpStatusCode.NotModified ? quiet + 1 : 0;
            pages.Add(page.StatusCode == HttpStatusCode.NotModified ? [] : [.. page]);
        }

        return pages;
    }

    // A repeated delivery may be anywhere; the first of every document tells the order.
    private static void AssertOrdered(IReadOnlyList<IReadOnlyList<Entry>> pages, int streams, int perStream)
    {
        var byStream = pages.SelectMany(page => page).GroupBy(entry => entry.Stream).ToList();
        Assert.Equal(streams, byStream.Count);
        Assert.All(byStream, stream => Assert.Equal(Enumerable.Range(0, perStream), stream.Select(entry => entry.N).Distinct()));
    }

    private static IReadOnlyList<string> NamesOf(FeedResponse<Entry> page) =>
        page.StatusCode == HttpStatusCode.NotModified ? [] : [.. page.Select(entry => entry.Id)];
}
