using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Charging;

public sealed class ThroughputTests
{
    private const int Throughput = 400;

    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Proves(Area.Faults, "throttling by provisioned throughput")]
    public async Task A_partition_lets_in_what_its_second_pays_for_and_no_more_and_carries_nothing_else_out()
    {
        await using var account = await OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: Throughput);

        var (written, charged, refusal) = await WriteUntilThrottledAsync(container, "a");

        // The last one is let in with something left, and takes what it takes.
        Assert.InRange(charged, Throughput, Throughput + 10);
        Assert.Equal((HttpStatusCode.TooManyRequests, 3200), (refusal.StatusCode, refusal.SubStatusCode));
        account.Account.Clock.Advance(TimeSpan.FromSeconds(1));
        using var missing = await container.ReadItemStreamAsync($"{written}", Entry.KeyOf("a", "s"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    [Proves(Area.Faults, "throttling by provisioned throughput")]
    public async Task After_the_time_it_was_told_a_client_is_let_in_and_a_millisecond_before_it_is_not()
    {
        await using var account = await OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: Throughput);
        var (written, charged, refusal) = await WriteUntilThrottledAsync(container, "a");
        var wait = refusal.RetryAfter!.Value;

        account.Account.Clock.Advance(wait - TimeSpan.FromMilliseconds(1));
        var again = await Assert.ThrowsAsync<CosmosException>(() => CreateAsync(container, "a", written));
        account.Account.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var created = await CreateAsync(container, "a", written);

        Assert.Equal(Math.Floor((charged - Throughput) / Throughput * 1000) + 1, wait.TotalMilliseconds, tolerance: 0.001);
        Assert.Equal(TimeSpan.FromMilliseconds(1), again.RetryAfter);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task A_quiet_minute_saves_no_more_than_a_second()
    {
        await using var account = await OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: Throughput);
        await WriteUntilThrottledAsync(container, "a");

        account.Account.Clock.Advance(TimeSpan.FromMinutes(1));
        var (_, charged, _) = await WriteUntilThrottledAsync(container, "b");

        Assert.InRange(charged, Throughput, Throughput + 10);
    }

    [Fact]
    [Proves(Area.Faults, "throttling by provisioned throughput")]
    public async Task Every_physical_partition_has_its_share_and_one_that_used_it_up_does_not_hold_up_the_others()
    {
        await using var account = await OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: Throughput);
        await account.Account.SplitAsync("db", "streams", "0");
        var ranges = await container.GetFeedRangesAsync();
        Assert.Equal(2, ranges.Count);
        var tenants = new Dictionary<string, string>();
        for (var number = 0; tenants.Count < 2; number++)
        {
            var created = await CreateAsync(container, $"t{number}", 0);
            tenants.TryAdd(created.Headers["x-ms-documentdb-partitionkeyrangeid"], $"t{number}");
        }

        account.Account.Clock.Advance(TimeSpan.FromSeconds(1));
        var results = new List<double>();
        foreach (var tenant in tenants.Values)
            results.Add((await WriteUntilThrottledAsync(container, tenant, from: 1)).Charged);

        Assert.All(results, charged => Assert.InRange(charged, Throughput / 2, (Throughput / 2) + 10));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Throughput)]
    [Proves(Area.Faults, "throttling by provisioned throughput")]
    public async Task A_default_is_for_containers_that_have_none_of_their_own(int? own)
    {
        const int Default = 2 * Throughput;
        await using var account = await TestAccount.OpenAsync(
            configure: static options => options with { ThrottlesByThroughput = true, DefaultThroughput = Default, ClockStoppedAt = s_start });
        var container = await account.CreateStreamsAsync(throughput: own);

        var (_, charged, _) = await WriteUntilThrottledAsync(container, "a");

        Assert.InRange(charged, own ?? Default, (own ?? Default) + 10);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, Throughput)]
    public async Task Without_throughput_or_without_the_option_nothing_is_throttled(bool option, int? throughput)
    {
        await using var account = await TestAccount.OpenAsync(configure: options => options with { ThrottlesByThroughput = option, ClockStoppedAt = s_start });
        var container = await account.CreateStreamsAsync(throughput: throughput);

        for (var number = 0; number < 100; number++)
            Assert.Equal(HttpStatusCode.Created, (await CreateAsync(container, "a", number)).StatusCode);
    }

    [Fact]
    public async Task The_throughput_is_kept_with_the_container()
    {
        using var directory = new TempDirectory();
        var options = new LocalAccountOptions { DataDirectory = directory.Path, ThrottlesByThroughput = true, ClockStoppedAt = s_start };
        await using (var first = await TestAccount.OpenAsync(configure: _ => options))
            await first.CreateStreamsAsync(throughput: Throughput);

        await using var second = await TestAccount.OpenAsync(configure: _ => options);
        var (_, charged, _) = await WriteUntilThrottledAsync(second.Client.GetContainer("db", "streams"), "a");

        Assert.InRange(charged, Throughput, Throughput + 10);
    }

    private static Task<TestAccount> OpenAsync() => TestAccount.OpenAsync(
        configure: options => options with { ThrottlesByThroughput = true, ClockStoppedAt = s_start });

    private static Task<ItemResponse<Entry>> CreateAsync(Container container, string tenant, int number) =>
        container.CreateItemAsync(new Entry($"{number}", tenant, "s"), Entry.KeyOf(tenant, "s"));

    private static async Task<(int Written, double Charged, CosmosException Refusal)> WriteUntilThrottledAsync(
        Container container, string tenant, int from = 0)
    {
        var charged = 0.0;
        for (var number = from; number < Throughput; number++)
        {
            try
            {
                charged += (await CreateAsync(container, tenant, number)).RequestCharge;
            }
            catch (CosmosException refusal)
            {
                return (number, charged, refusal);
            }
        }

        throw new InvalidOperationException($"{Throughput} writes were not throttled.");
    }
}
