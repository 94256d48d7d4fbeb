using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class LeaseTheftTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly PartitionKey s_key = new("1");

    [Fact]
    [Proves(Area.Faults, "leases stolen from a processor")]
    public async Task A_lease_changes_hands_behind_the_back_of_a_conditional_replace()
    {
        await using var account = await TestAccount.OpenAsync();
        var leases = await CreateLeasesAsync(account);
        var lease = await leases.CreateItemAsync(new Lease("1", "0", "owner"), s_key);
        using var fault = account.Account.Faults.Add(Theft(times: 1));

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => leases.ReplaceItemAsync(
            lease.Resource, "1", s_key, new ItemRequestOptions { IfMatchEtag = lease.ETag }));
        var stolen = await leases.ReadItemAsync<Lease>("1", s_key);

        Assert.Equal((HttpStatusCode.PreconditionFailed, 1), (refusal.StatusCode, fault.Hits));
        Assert.Equal(new Lease("1", "0", "thief"), stolen.Resource);
        Assert.NotEqual(lease.ETag, stolen.ETag);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("0", "thief")]
    [InlineData(null, "owner")]
    public async Task What_is_no_lease_or_has_nobody_to_lose_it_is_no_hit(string? token, string? owner)
    {
        await using var account = await TestAccount.OpenAsync();
        var leases = await CreateLeasesAsync(account);
        var body = new Dictionary<string, object?> { ["id"] = "1", ["Owner"] = owner };
        if (token is not null)
            body["LeaseToken"] = token;
        var item = await leases.CreateItemAsync(body, s_key);
        using var fault = account.Account.Faults.Add(Theft(times: null));

        var replaced = await leases.ReplaceItemAsync(body, "1", s_key, new ItemRequestOptions { IfMatchEtag = item.ETag });

        Assert.Equal((HttpStatusCode.OK, 0), (replaced.StatusCode, fault.Hits));
    }

    [Fact]
    [Proves(Area.Faults, "leases stolen from a processor")]
    public async Task A_processor_that_lost_its_lease_takes_it_again_when_it_expires_and_delivers_everything()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var leases = await CreateLeasesAsync(account);
        var seen = new ConcurrentDictionary<string, bool>();
        var acquired = 0;
        var processor = container.GetChangeFeedProcessorBuilder<Entry>("projector", (_, entries, _) =>
            {
                foreach (var entry in entries)
                    seen[entry.Id] = true;
                return Task.CompletedTask;
            })
            .WithInstanceName("host")
            .WithLeaseContainer(leases)
            .WithPollInterval(s_soon)
            .WithLeaseAcquireNotification(_ =>
            {
                Interlocked.Increment(ref acquired);
                return Task.CompletedTask;
            })
            .WithLeaseConfiguration(
                acquireInterval: TimeSpan.FromMilliseconds(200), expirationInterval: TimeSpan.FromSeconds(1), renewInterval: TimeSpan.FromMilliseconds(300))
            .WithStartTime(DateTime.MinValue.ToUniversalTime())
            .Build();
        await container.CreateItemAsync(new Entry("1", "t", "s"), Entry.KeyOf("t", "s"));
        await processor.StartAsync();
        await UntilAsync(() => seen.ContainsKey("1") && acquired == 1);

        using var fault = account.Account.Faults.Add(Theft(times: 1));
        await UntilAsync(() => fault.Hits == 1);
        await container.CreateItemAsync(new Entry("2", "t", "s"), Entry.KeyOf("t", "s"));

        await UntilAsync(() => seen.ContainsKey("2") && acquired >= 2);
        await processor.StopAsync();
    }

    private static FaultRule Theft(int? times) => new()
    {
        Fault = new LeaseTheftFault(), Requests = [RequestKind.Replace], Container = "leases", Times = times,
    };

    private static async Task<Container> CreateLeasesAsync(TestAccount account)
    {
        Database database = await account.Client.CreateDatabaseIfNotExistsAsync("db");
        return await database.CreateContainerAsync("leases", "/id");
    }

    // The processor's own timers are the SDK's and run on the wall clock; all that a test can do is look until it is so.
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!condition())
            await Task.Delay(s_soon, deadline.Token);
    }

    private sealed record Lease(
        [property: System.Text.Json.Serialization.JsonPropertyName("id")] string Id,
        [property: System.Text.Json.Serialization.JsonPropertyName("LeaseToken")] string LeaseToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("Owner")] string Owner);
}
