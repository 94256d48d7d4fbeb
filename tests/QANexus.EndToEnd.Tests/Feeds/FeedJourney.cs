using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalHost.Hosting;
using QANexus.Testing.Feeds;

namespace QANexus.EndToEnd.Tests.Feeds;

[Collection(SystemCollection.Name)]
public sealed class FeedJourney(SystemUnderTest system)
{
    private const string Created = """{"type":"RequirementCreated","data":{"title":"Login"}}""";

    [Fact]
    public async Task A129_A_connected_client_is_notified_of_its_tenants_events_and_of_no_others()
    {
        using var first = system.NewTenant();
        using var second = system.NewTenant();
        using var http = new HttpClient { BaseAddress = system.Address };
        await using var stream = await EventStreamReader.OpenAsync(http, $"api/v1/tenants/{first.Tenant}/feed");

        Assert.Equal(HttpStatusCode.Created, (await second.AppendAsync("Requirement/other", Created)).Status);
        Assert.Equal(HttpStatusCode.Created, (await first.AppendAsync("Requirement/mine", Created)).Status);

        Assert.Equal("mine", (await stream.NextJsonAsync()).GetProperty("aggregateId").GetString());
    }

    [Fact]
    public async Task A118_Streams_written_at_once_keep_their_own_order_in_the_feed()
    {
        using var client = system.NewTenant();
        await Task.WhenAll(Enumerable.Range(1, 2).Select(async stream =>
        {
            for (var i = 0; i < 15; i++)
            {
                Assert.Equal(HttpStatusCode.Created, (await client.AppendAsync($"Requirement/r{stream}", $"{Created},{Created}")).Status);
            }
        }));

        var events = new List<JsonNode>();
        for (var (cursor, caughtUp) = ("", false); !caughtUp;)
        {
            var page = await client.GetAsync($"feed?maxCount=7&cursor={cursor}");
            events.AddRange(page.Events);
            (cursor, caughtUp) = (page.Json["cursor"]!.GetValue<string>(), page.Json["caughtUp"]!.GetValue<bool>());
        }

        foreach (var stream in events.GroupBy(static e => e["aggregateId"]!.GetValue<string>()))
        {
            Assert.Equal(Enumerable.Range(1, 30).Select(static v => (long)v), stream.Select(static e => e["version"]!.GetValue<long>()));
        }

        Assert.Equal(60, events.Count);
    }

    [Fact]
    public async Task A_request_that_waits_hears_of_what_another_host_stores()
    {
        using var client = system.NewTenant();
        await using var other = await system.StartSecondHostAsync();
        using var there = client.At(other.ApiAddress);
        var waiting = client.GetAsync("feed?wait=60");

        await there.AppendAsync("Requirement/r1", Created);

        Assert.Single((await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Events);
    }

    [Fact]
    public async Task Two_live_clients_stay_complete_and_in_order_through_restarts_of_the_host()
    {
        const int Rounds = 3;
        const int PerRound = 20;
        var folder = Directory.CreateTempSubdirectory("qanexus-feed-");
        try
        {
            Uri? address = null;
            await using var first = new LiveReader(() => address, "t1");
            await using var second = new LiveReader(() => address, "t1");
            for (var round = 0; round < Rounds; round++)
            {
                await using (var host = await LocalHostApplication.StartAsync(
                    new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.FullName }, CancellationToken.None))
                {
                    address = host.ApiAddress;
                    using var client = new TenantClient(host.ApiAddress, "t1");
                    for (var i = 0; i < PerRound; i++)
                    {
                        Assert.Equal(HttpStatusCode.Created, (await client.AppendAsync($"Requirement/r{i % 3}", $"{Created},{Created}")).Status);
                    }

                    // Somewhere in the middle: one client has come some way, and what is left it gets from the next host.
                    await first.HasAsync((round * PerRound * 2) + 10);
                }

                address = null;
            }

            await using var last = await LocalHostApplication.StartAsync(
                new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.FullName }, CancellationToken.None);
            address = last.ApiAddress;
            foreach (var reader in new[] { first, second })
            {
                await reader.HasAsync(Rounds * PerRound * 2);
                Assert.True(reader.Connections > 1);
                IsComplete(reader.Received, Rounds * PerRound * 2);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Open_streams_do_not_keep_a_host_from_stopping()
    {
        var host = await LocalHostApplication.StartAsync(new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true }, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.ApiAddress };
        await using var idle = await EventStreamReader.OpenAsync(http, "api/v1/tenants/t1/feed");

        // Half the time that requests under way are given to finish, after which they would be cut off.
        var stopping = Stopwatch.GetTimestamp();
        await host.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(stopping), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Null(await idle.NextAsync());
    }

    /// <summary>Whatever came twice, each event came, and each stream's in order.</summary>
    private static void IsComplete(IReadOnlyList<JsonNode> received, int events)
    {
        var seen = received.DistinctBy(static e => e["eventId"]!.GetValue<string>()).ToList();
        Assert.Equal(events, seen.Count);
        foreach (var stream in seen.GroupBy(static e => e["aggregateId"]!.GetValue<string>()))
        {
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(static v => (long)v), stream.Select(static e => e["version"]!.GetValue<long>()));
        }
    }
}
