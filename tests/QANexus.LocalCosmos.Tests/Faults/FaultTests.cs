using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class FaultTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    public static TheoryData<Setting> Settings => [Setting.InMemory, Setting.DurableOnPort];

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(410)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_fault_strikes_the_number_of_times_it_is_given_and_carries_nothing_out(int statusCode)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new StatusFault(statusCode, RetryAfter: TimeSpan.FromMilliseconds(5)),
            Requests = [RequestKind.Create],
            Times = 1,
        });

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(New("1"), s_key));
        var created = await container.CreateItemAsync(New("1"), s_key);

        Assert.Equal(statusCode, (int)refusal.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task A_throttled_client_retries_after_the_time_it_was_told()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateStreamsAsync();
        var container = account.CreateClient(options => options.MaxRetryAttemptsOnRateLimitedRequests = 3).GetContainer("db", "streams");
        using var throttled = account.Account.Faults.Add(new FaultRule
        {
            Fault = new StatusFault(429, 3200, TimeSpan.FromMilliseconds(1)), Requests = [RequestKind.Batch], Times = 3,
        });

        using var response = await container.CreateTransactionalBatch(s_key).CreateItem(New("1")).ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, throttled.Hits);
    }

    [Fact]
    public async Task A_449_is_retried_inside_the_client()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule { Fault = new StatusFault(449), Requests = [RequestKind.Create], Times = 2 });

        var created = await container.CreateItemAsync(New("1"), s_key);

        Assert.Equal((HttpStatusCode.Created, 2), (created.StatusCode, fault.Hits));
    }

    [Fact]
    public async Task A_503_that_follows_a_449_reaches_the_caller_as_one()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var unavailable = account.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Skip = 1, Times = 1 });
        using var retryWith = account.Account.Faults.Add(new FaultRule { Fault = new StatusFault(449), Requests = [RequestKind.Batch], Times = 1 });

        using var response = await container.CreateTransactionalBatch(s_key).CreateItem(New("1")).ExecuteAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1, 1), (response.StatusCode, retryWith.Hits, unavailable.Hits));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_lost_response_leaves_the_write_done_and_the_client_without_an_answer(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "streams", Times = 1,
        });

        await Assert.ThrowsAnyAsync<Exception>(() => container.CreateTransactionalBatch(s_key).CreateItem(New("1")).ExecuteAsync());
        using var again = await container.CreateTransactionalBatch(s_key).CreateItem(New("1")).ExecuteAsync();

        Assert.Equal(1, fault.Hits);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_connection_cut_before_the_write_leaves_it_undone(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new CutConnectionFault(), Requests = [RequestKind.Create], Times = 1,
        });

        await Assert.ThrowsAnyAsync<Exception>(() => container.CreateItemAsync(New("1"), s_key));
        var created = await container.CreateItemAsync(New("1"), s_key);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    [Proves(Area.Faults, "delays")]
    public async Task A_delay_passes_on_the_accounts_clock()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync();
        using var fault = account.Account.Faults.Add(new FaultRule
        {
            Fault = new DelayFault(TimeSpan.FromSeconds(3)), Requests = [RequestKind.Create],
        });

        var create = container.CreateItemAsync(New("1"), s_key);
        while (time.Waiting == 0)
            await Task.Yield();
        Assert.False(create.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(HttpStatusCode.Created, (await create).StatusCode);
    }

    [Fact]
    public async Task Draws_of_one_seed_strike_the_same_requests()
    {
        async Task<string> PatternAsync(int seed)
        {
            await using var account = await TestAccount.OpenAsync();
            var container = await account.CreateStreamsAsync();
            using var fault = account.Account.Faults.Add(new FaultRule
            {
                Fault = new StatusFault(503), Requests = [RequestKind.Read], Probability = 0.5, Seed = seed,
            });
            var struck = "";
            for (var i = 0; i < 32; i++)
            {
                using var read = await container.ReadItemStreamAsync("1", s_key);
                struck += read.StatusCode == HttpStatusCode.ServiceUnavailable ? "x" : ".";
            }

            return struck;
        }

        var pattern = await PatternAsync(7);

        Assert.Contains('x', pattern);
        Assert.Contains('.', pattern);
        Assert.Equal(pattern, await PatternAsync(7));
        Assert.NotEqual(pattern, await PatternAsync(8));
    }

    [Fact]
    public async Task A_fault_on_one_container_spares_the_others_and_ends_when_disposed()
    {
        await using var account = await TestAccount.OpenAsync();
        var streams = await account.CreateStreamsAsync();
        var flat = await account.CreateFlatAsync();
        var fault = account.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "flat", Requests = [RequestKind.Create] });

        await streams.CreateItemAsync(New("1"), s_key);
        using var struck = await flat.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p"}"""), new PartitionKey("p"));
        fault.Dispose();
        using var spared = await flat.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p"}"""), new PartitionKey("p"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, struck.StatusCode);
        Assert.Equal(HttpStatusCode.Created, spared.StatusCode);
    }

    private static Entry New(string id) => new(id, "t1", "s1");
}
