using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class DeliveryFaultTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    public static TheoryData<Setting> Settings => [Setting.InMemory, Setting.DurableOnPort];

    [Theory]
    [MemberData(nameof(Settings))]
    [Proves(Area.Faults, "answers cut in the middle, and slow ones")]
    public async Task A_body_cut_in_the_middle_leaves_the_write_done_and_the_client_without_an_answer(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new CutBodyFault(), Requests = [RequestKind.Batch], Times = 1 });

        await Assert.ThrowsAnyAsync<Exception>(() => container.CreateTransactionalBatch(s_key).CreateItem(New()).ExecuteAsync());
        using var again = await container.CreateTransactionalBatch(s_key).CreateItem(New()).ExecuteAsync();

        Assert.Equal((HttpStatusCode.Conflict, 1), (again.StatusCode, fault.Hits));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_read_whose_body_is_cut_surfaces_and_is_not_repeated_by_the_client(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New(), s_key);
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new CutBodyFault(), Requests = [RequestKind.Read], Times = 1 });

        await Assert.ThrowsAnyAsync<Exception>(() => container.ReadItemAsync<Entry>("1", s_key));
        var read = await container.ReadItemAsync<Entry>("1", s_key);

        Assert.Equal((HttpStatusCode.OK, 1), (read.StatusCode, fault.Hits));
    }

    [Fact]
    [Proves(Area.Faults, "answers cut in the middle, and slow ones")]
    public async Task A_slow_answer_leaves_the_write_done_for_a_client_that_gave_up()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new SlowResponseFault(TimeSpan.FromSeconds(3)), Requests = [RequestKind.Create], Times = 1,
        });
        using var impatience = new CancellationTokenSource();

        var create = container.CreateItemAsync(New(), s_key, cancellationToken: impatience.Token);
        while (time.Waiting == 0)
            await Task.Yield();
        var read = await container.ReadItemAsync<Entry>("1", s_key);
        Assert.False(create.IsCompleted);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_410_with_the_sub_status_of_a_split_makes_the_client_look_for_the_ranges_again()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New(), s_key);
        using var gone = account.Account.Faults.Add(new FaultRule
        {
            Fault = new StatusFault(410, SubStatusCodes.PartitionKeyRangeGone), Requests = [RequestKind.ChangeFeed], Times = 1,
        });
        using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        var page = await feed.ReadNextAsync();

        Assert.Equal((1, 1), (page.Count, gone.Hits));
    }

    [Fact]
    public async Task A_410_with_a_sub_status_of_no_meaning_surfaces_with_it()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var gone = account.Account.Faults.Add(new FaultRule { Fault = new StatusFault(410, 4711), Requests = [RequestKind.Create] });

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(New(), s_key));

        Assert.Equal((HttpStatusCode.Gone, 4711), (refusal.StatusCode, refusal.SubStatusCode));
    }

    public static TheoryData<FaultRule> Senseless =>
    [
        new FaultRule { Fault = new StatusFault(200) },
        new FaultRule { Fault = new StatusFault(429, RetryAfter: TimeSpan.FromSeconds(-1)) },
        new FaultRule { Fault = new DelayFault(TimeSpan.FromSeconds(-1)) },
        new FaultRule { Fault = new LateFeedFault() },
        new FaultRule { Fault = new LateFeedFault(Pages: 0) },
        new FaultRule { Fault = new LeaseTheftFault("") },
        new FaultRule { Fault = new CutBodyFault(), Probability = double.NaN },
        new FaultRule { Fault = new CutBodyFault(), Skip = -1 },
    ];

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task A_rule_outside_of_its_limits_is_refused(FaultRule rule)
    {
        await using var account = await TestAccount.OpenAsync();

        Assert.Throws<ArgumentException>(() => account.Account.Faults.Add(rule));
        Assert.Empty(account.Account.Faults.Active);
    }

    private static Entry New() => new("1", "t1", "s1");
}
