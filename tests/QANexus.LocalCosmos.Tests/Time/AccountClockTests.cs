using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Time;

public sealed class AccountClockTests
{
    private static readonly DateTimeOffset s_start = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly PartitionKey s_key = Entry.KeyOf("t", "s");

    [Fact]
    [Proves(Area.Faults, "a clock to be stopped, set and advanced")]
    public async Task A_stopped_clock_stands_until_it_is_advanced_and_stamps_what_is_written()
    {
        await using var account = await TestAccount.OpenAsync(configure: options => options with { ClockStoppedAt = s_start });
        var container = await account.CreateStreamsAsync();

        var before = await TimestampOfAsync(container, "1");
        account.Account.Clock.Advance(TimeSpan.FromHours(1));
        var after = await TimestampOfAsync(container, "2");
        account.Account.Clock.Set(s_start.AddDays(-1));
        var back = await TimestampOfAsync(container, "3");

        Assert.True(account.Account.Clock.IsStopped);
        Assert.Equal([s_start, s_start.AddHours(1), s_start.AddDays(-1)], new[] { before, after, back });
    }

    [Fact]
    [Proves(Area.Faults, "a clock to be stopped, set and advanced")]
    public async Task Time_to_live_runs_out_when_the_clock_is_advanced()
    {
        await using var account = await TestAccount.OpenAsync(configure: options => options with { ClockStoppedAt = s_start });
        var container = await account.CreateStreamsAsync(properties => properties.DefaultTimeToLive = 10);
        await container.CreateItemAsync(new Entry("1", "t", "s"), s_key);

        account.Account.Clock.Advance(TimeSpan.FromSeconds(9));
        using var alive = await container.ReadItemStreamAsync("1", s_key);
        account.Account.Clock.Advance(TimeSpan.FromSeconds(1));
        using var expired = await container.ReadItemStreamAsync("1", s_key);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (alive.StatusCode, expired.StatusCode));
    }

    [Fact]
    public async Task A_wait_on_a_stopped_clock_ends_when_it_is_advanced_far_enough()
    {
        await using var account = await TestAccount.OpenAsync(configure: options => options with { ClockStoppedAt = s_start });
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new SlowResponseFault(TimeSpan.FromHours(2)), Requests = [RequestKind.Create], Times = 1,
        });

        var create = container.CreateItemAsync(new Entry("1", "t", "s"), s_key);
        // The answer waits once the item can be read.
        while ((await container.ReadItemStreamAsync("1", s_key)).StatusCode != HttpStatusCode.OK)
            await Task.Yield();
        account.Account.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(create.IsCompleted);
        // The item may be there a moment before the wait begins, so it is pushed until it ends.
        while (!create.IsCompleted)
        {
            account.Account.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.Created, (await create).StatusCode);
    }

    [Fact]
    public void A_clock_goes_with_its_source_unless_it_is_stopped_and_goes_on_from_where_it_stood()
    {
        var source = new ManualTime();
        var clock = new QANexus.LocalCosmos.Time.AccountClock(source, stoppedAt: null);
        var start = source.GetUtcNow();

        source.Advance(TimeSpan.FromSeconds(1));
        clock.Stop();
        source.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(start.AddSeconds(1), clock.GetUtcNow());

        clock.Start();
        source.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(start.AddSeconds(2), clock.GetUtcNow());
    }

    [Fact]
    public async Task Waits_follow_a_going_clock_and_end_at_once_when_it_is_set_behind_them()
    {
        var source = new ManualTime();
        var clock = new QANexus.LocalCosmos.Time.AccountClock(source, stoppedAt: null);

        var followed = Task.Delay(TimeSpan.FromSeconds(5), clock);
        source.Advance(TimeSpan.FromSeconds(5));
        await followed;
        var skipped = Task.Delay(TimeSpan.FromDays(40), clock);
        Assert.False(skipped.IsCompleted);
        clock.Advance(TimeSpan.FromDays(40));
        await skipped;

        Assert.Equal(0, source.Waiting);
    }

    [Fact]
    public void A_clock_is_not_advanced_backwards() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new QANexus.LocalCosmos.Time.AccountClock(new ManualTime(), s_start).Advance(TimeSpan.FromTicks(-1)));

    private static async Task<DateTimeOffset> TimestampOfAsync(Container container, string id)
    {
        using var created = await container.CreateItemStreamAsync(TestAccount.Json($$"""{"id":"{{id}}","tenant":"t","stream":"s"}"""), s_key);
        using var document = await System.Text.Json.JsonDocument.ParseAsync(created.Content);
        return DateTimeOffset.FromUnixTimeSeconds(document.RootElement.GetProperty("_ts").GetInt64());
    }
}
