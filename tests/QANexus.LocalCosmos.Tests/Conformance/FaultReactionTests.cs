using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>What the SDK makes of the failures that the account can be told to produce.</summary>
public sealed class FaultReactionTests
{
    private static readonly StatusFault s_throttled = new(429, 3200, TimeSpan.FromMilliseconds(1));

    [Theory, OverBothTransports]
    [Proves(Area.Faults, "statuses (408, 410, 429, 449, 503, ...)")]
    public async Task Throttled_requests_are_repeated_by_the_client(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = s_throttled, Container = "ev", Times = 3 });

        var created = await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        Assert.Equal((HttpStatusCode.Created, 3), (created.StatusCode, fault.Hits));
    }

    [Theory, OverBothTransports]
    public async Task Throttling_without_end_surfaces_with_the_time_to_wait(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = s_throttled, Container = "ev" });

        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Item>("1", CosmosFixture.Key));
        using var batch = await container.CreateTransactionalBatch(CosmosFixture.Key).ReadItem("1").ExecuteAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, 3200), (exception.StatusCode, exception.SubStatusCode));
        Assert.Equal(TimeSpan.FromMilliseconds(1), exception.RetryAfter);
        Assert.Equal(HttpStatusCode.TooManyRequests, batch.StatusCode);
        Assert.Equal(20, fault.Hits);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Faults, "statuses (408, 410, 429, 449, 503, ...)")]
    public async Task Retry_with_is_repeated_by_the_client(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = new StatusFault(449), Container = "ev", Times = 2 });

        var created = await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        Assert.Equal((HttpStatusCode.Created, 2), (created.StatusCode, fault.Hits));
    }

    public static TheoryData<Transport, int, int> Surfacing
    {
        get
        {
            var data = new TheoryData<Transport, int, int>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                foreach (var (status, subStatus) in new[] { (400, 0), (403, 0), (408, 0), (410, 0), (413, 0), (424, 0), (500, 0), (503, 0) })
                    data.Add(transport, status, subStatus);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Surfacing))]
    [Proves(Area.Faults, "statuses (408, 410, 429, 449, 503, ...)")]
    public async Task A_failed_write_surfaces_at_once_with_its_reason(Transport transport, int status, int subStatus)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = new StatusFault(status, subStatus), Container = "ev" });

        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(new Item("2", "t1", "s1"), CosmosFixture.Key));

        Assert.Equal((status, subStatus), ((int)exception.StatusCode, exception.SubStatusCode));
        Assert.Equal(1, fault.Hits);
        Assert.Contains("Injected fault", exception.Message, StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Faults, "lost responses and cut connections")]
    public async Task A_lost_response_leaves_the_write_done_and_is_not_repeated(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using (var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Container = "ev" }))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => container.CreateItemAsync(new Item("2", "t1", "s1"), CosmosFixture.Key));
            Assert.Equal(1, fault.Hits);
        }

        Assert.Equal(HttpStatusCode.OK, (await container.ReadItemAsync<Item>("2", CosmosFixture.Key)).StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Faults, "lost responses and cut connections")]
    public async Task A_cut_connection_before_the_work_leaves_the_write_undone(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using (cosmos.Account.Faults.Add(new FaultRule { Fault = new CutConnectionFault(), Container = "ev" }))
            await Assert.ThrowsAnyAsync<Exception>(() => container.CreateItemAsync(new Item("2", "t1", "s1"), CosmosFixture.Key));

        using var read = await container.ReadItemStreamAsync("2", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Faults, "lost responses and cut connections")]
    public async Task A_read_whose_connection_is_cut_is_repeated(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        using var fault = cosmos.Account.Faults.Add(new FaultRule { Fault = new CutConnectionFault(), Container = "ev", Times = 1 });

        var read = await container.ReadItemAsync<Item>("1", CosmosFixture.Key);

        Assert.Equal((HttpStatusCode.OK, 1), (read.StatusCode, fault.Hits));
    }
}
