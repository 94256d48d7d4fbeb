using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Functions.Http;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Terminal;
using QANexus.LocalHost.Tests.Functions;
using QANexus.LocalHost.Tests.Functions.ChangeFeed;

namespace QANexus.LocalHost.Tests.Hosting;

public sealed class LocalHostApplicationTests
{
    private const string Stream = "/api/v1/tenants/demo/streams/Requirement/req-1/events";
    private const string Body = """{"events":[{"type":"RequirementCreated","data":{"title":"x"}}]}""";

    private static LocalHostOptions InMemory => new() { Port = 0, CosmosPort = 0, InMemory = true };

    [Fact]
    public async Task What_is_appended_is_read_back()
    {
        await using var host = await LocalHostApplication.StartAsync(InMemory, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };

        using var appended = await AppendAsync(client);
        using var read = await client.GetAsync(Stream);

        Assert.Equal(HttpStatusCode.Created, appended.StatusCode);
        Assert.Equal(appended.Headers.ETag, read.Headers.ETag);
        using var page = JsonDocument.Parse(await read.Content.ReadAsStringAsync());
        var stored = Assert.Single(page.RootElement.GetProperty("value").EnumerateArray());
        Assert.Equal("""{"title":"x"}""", stored.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("GET", "/api/health/live", 200)]
    [InlineData("GET", "/api/health/ready", 200)]
    [InlineData("GET", "/api/openapi/v1.json", 200)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/elsewhere", 404)]
    [InlineData("DELETE", Stream, 405)]
    public async Task Every_path_is_answered_inside_the_prefix_and_outside(string method, string path, int status)
    {
        await using var host = await LocalHostApplication.StartAsync(InMemory, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status < 400 ? "application/json" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task It_does_not_start_over_an_account_that_takes_writes_in_several_regions_and_makes_nothing_there()
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true, ClaimsMultipleWriteRegions = true });
        await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(
            () => LocalHostApplication.StartAsync(new LocalHostOptions { Port = 0, CosmosEndpoint = server.Endpoint }, CancellationToken.None));

        Assert.Contains("takes writes in several regions", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        using var client = new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway, HttpClientFactory = () => new HttpClient(account.CreateHandler()),
        });
        using var databases = client.GetDatabaseQueryIterator<DatabaseProperties>();
        Assert.Empty(await databases.ReadNextAsync());
    }

    [Fact]
    public async Task Data_whose_tenants_were_cleared_are_served_only_by_a_host_that_can_clear()
    {
        await using var first = await LocalHostApplication.StartAsync(InMemory with { EnableClear = true }, CancellationToken.None);
        var over = new LocalHostOptions { Port = 0, CosmosEndpoint = first.CosmosAddress };
        await using (await LocalHostApplication.StartAsync(over, CancellationToken.None))
        {
        }

        using var client = new HttpClient { BaseAddress = first.ApiAddress };
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/tenants/demo/events") { Headers = { { "X-Confirm-Tenant", "demo" } } };
        using var cleared = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, cleared.StatusCode);

        var refused = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(over, CancellationToken.None));
        Assert.Contains("--enable-clear", refused.Message, StringComparison.Ordinal);
        await using var able = await LocalHostApplication.StartAsync(over with { EnableClear = true }, CancellationToken.None);
    }

    [Fact]
    public async Task Another_host_can_run_over_the_port_of_the_first_one_and_both_see_the_same_data()
    {
        await using var first = await LocalHostApplication.StartAsync(InMemory, CancellationToken.None);
        await using var second = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosEndpoint = first.CosmosAddress }, CancellationToken.None);
        using var writer = new HttpClient { BaseAddress = first.ApiAddress };
        using var reader = new HttpClient { BaseAddress = second.ApiAddress };

        using var appended = await AppendAsync(writer);
        using var read = await reader.GetAsync(Stream);

        Assert.Null(second.Account);
        Assert.Equal(first.CosmosAddress, second.CosmosAddress);
        Assert.Equal(appended.Headers.ETag, read.Headers.ETag);
    }

    /// <summary>The leases hold the name that a host calls the account by; were it the address, each host would do everything.</summary>
    [Fact]
    public async Task Hosts_over_one_account_share_its_change_feed_whatever_address_they_reach_it_by()
    {
        var probe = new Probe();
        await using var first = await StartFollowingAsync(InMemory, probe);
        using var accountClient = TriggerFixture.CreateClient(first.Account!);
        var leases = accountClient.GetContainer(TriggerFixture.DatabaseName, "leases");
        await Probe.UntilAsync(async () => await TriggerFixture.LeasesOfAsync(leases, Followers.Sharing.Name) is [{ Owner: "local-host" }]);
        await first.Account!.SplitAsync(TriggerFixture.DatabaseName, Followers.Events, "0");

        await using var second = await StartFollowingAsync(new LocalHostOptions { Port = 0, CosmosEndpoint = first.CosmosAddress }, probe);
        using var client = new HttpClient { BaseAddress = second.ApiAddress };
        await Probe.UntilAsync(async () =>
        {
            using var appended = await AppendAsync(client);
            return await TriggerFixture.LeasesOfAsync(leases, Followers.Sharing.Name) is [{ Owner: { } one }, { Owner: { } other }] && one != other;
        });

        await Probe.UntilAsync(() => !probe.Calls.IsEmpty);
        Assert.Equal("127.0.0.1", second.CosmosAddress.Host);
    }

    [Fact]
    public async Task A_test_can_make_the_account_fail()
    {
        await using var host = await LocalHostApplication.StartAsync(InMemory, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        host.Account!.Faults.Add(new FaultRule { Fault = new StatusFault(403) });

        using var ready = await client.GetAsync("/api/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task A_fault_among_the_options_strikes_from_the_start_and_is_printed_with_its_seed()
    {
        var options = InMemory with { Faults = [FaultRule.Parse("403 container=events"), FaultRule.Parse("Delay by=1ms probability=0.5 seed=7")] };
        await using var host = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        using var banner = new StringWriter();

        using var appended = await AppendAsync(client);
        StartBanner.Write(banner, host, options);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, appended.StatusCode);
        Assert.Contains($"  Fault    403 container=events seed={host.Account!.Faults.Active[0].Seed}{Environment.NewLine}", banner.ToString(), StringComparison.Ordinal);
        Assert.Contains($"  Fault    Delay by=00:00:00.0010000 probability=0.5 seed=7{Environment.NewLine}", banner.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_had_keeps_the_host_from_starting()
    {
        var options = InMemory with { Faults = [FaultRule.Parse("LaggingReplica maxWrites=2")] };

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(options, CancellationToken.None));

        Assert.StartsWith("The fault 'LaggingReplica maxWrites=2' cannot be had: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task The_control_api_is_there_where_it_was_asked_for(bool isAskedFor, HttpStatusCode expected)
    {
        await using var host = await LocalHostApplication.StartAsync(InMemory with { HasControlApi = isAskedFor }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.CosmosAddress };

        using var clock = await client.GetAsync("/_local/clock");

        Assert.Equal(expected, clock.StatusCode);
    }

    [Fact]
    public async Task Data_survives_the_host()
    {
        using var folder = new TempFolder();
        var options = new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Combine("made/on/the/way") };
        EntityTagHeaderValue? position;
        await using (var first = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            using var client = new HttpClient { BaseAddress = first.ApiAddress };
            using var appended = await AppendAsync(client);
            position = appended.Headers.ETag;
        }

        await using var second = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        using var again = new HttpClient { BaseAddress = second.ApiAddress };
        using var unchanged = await again.SendAsync(new HttpRequestMessage(HttpMethod.Get, Stream) { Headers = { IfNoneMatch = { position! } } });

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var folder = new TempFolder();
        var options = new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Path };
        await using var first = await LocalHostApplication.StartAsync(options, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(options, CancellationToken.None));

        Assert.Contains("in use by another process", failure.Message, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = first.ApiAddress };
        Assert.Equal("""{"status":"ready"}""", await client.GetStringAsync("/api/health/ready"));
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_is()
    {
        using var folder = new TempFolder();
        var file = folder.Combine("cosmos.db");
        await File.WriteAllTextAsync(file, "Dear diary, this is no database at all. It only has the name of one.");

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Path }, CancellationToken.None));

        Assert.EndsWith("Choose another folder with --data.", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Dear diary", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--cosmos-port")]
    public async Task A_busy_port_is_refused_with_the_option_to_change_and_the_folder_is_free_again(string option)
    {
        using var folder = new TempFolder();
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        var port = ((IPEndPoint)occupied.LocalEndpoint).Port;
        var options = new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Path };

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(
            option == "--port" ? options with { Port = port } : options with { CosmosPort = port }, CancellationToken.None));

        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use by another program. Stop it, or choose another port with {option}."),
            failure.Message);
        await using var host = await LocalHostApplication.StartAsync(options, CancellationToken.None);
    }

    [Fact]
    public async Task An_endpoint_where_nothing_answers_is_refused_in_one_line()
    {
        var endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosEndpoint = endpoint }, CancellationToken.None));

        Assert.StartsWith($"Cosmos DB at {endpoint} cannot be used: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_the_key_is_refused_with_its_answer()
    {
        await using var other = await LocalHostApplication.StartAsync(InMemory, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosEndpoint = other.CosmosAddress, CosmosKey = Convert.ToBase64String("wrong"u8) }, CancellationToken.None));

        Assert.Equal(
            $"Cosmos DB at {other.CosmosAddress} answers 401 when asked for the containers; check the endpoint and its key.", failure.Message);
    }

    private static Task<LocalHostApplication> StartFollowingAsync(LocalHostOptions options, Probe probe) => LocalHostApplication.StartAsync(
        options, [typeof(StreamFunctions), typeof(Followers.Sharing)], services => services.AddSingleton(probe), CancellationToken.None);

    private static Task<HttpResponseMessage> AppendAsync(HttpClient client) =>
        client.PostAsync(Stream, new StringContent(Body, Encoding.UTF8, "application/json"));
}
