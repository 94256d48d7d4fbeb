using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Control;

public sealed class ControlTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t", "s");

    [Fact]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task A_rule_added_over_HTTP_strikes_the_clients_of_the_same_port_until_it_is_removed()
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true, HasControlApi = true });
        await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        using var client = new CosmosClient(
            server.Endpoint.AbsoluteUri, QANexus.LocalCosmos.Authorization.WellKnownKey.Value, new CosmosClientOptions
            {
                ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = JsonSerializerOptions.Web,
            });
        Database database = await client.CreateDatabaseAsync("db");
        Container container = await database.CreateContainerAsync(new ContainerProperties("streams", ["/tenant", "/stream"]));

        var (status, added) = await SendAsync(http, HttpMethod.Post, "_local/faults", """
            {"fault":{"type":"Status","statusCode":503,"subStatus":7},"requests":["Create"],"container":"streams","times":1}
            """);
        var refusal = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(new Entry("1", "t", "s"), s_key));
        var (_, listed) = await SendAsync(http, HttpMethod.Get, "_local/faults");
        var (removed, _) = await SendAsync(http, HttpMethod.Delete, $"_local/faults/{added.GetProperty("id").GetInt32()}");
        var (again, _) = await SendAsync(http, HttpMethod.Delete, $"_local/faults/{added.GetProperty("id").GetInt32()}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (status, removed, again));
        Assert.Equal((503, 7), ((int)refusal.StatusCode, refusal.SubStatusCode));
        var entry = Assert.Single(listed.GetProperty("faults").EnumerateArray());
        Assert.Equal(1, entry.GetProperty("hits").GetInt32());
        Assert.Equal(added.GetProperty("rule").GetProperty("seed").GetInt32(), entry.GetProperty("rule").GetProperty("seed").GetInt32());
        Assert.Empty(account.Faults.Active);
    }

    public static TheoryData<Fault> Faults =>
    [
        new StatusFault(429, 3200, TimeSpan.FromMilliseconds(5)), new DelayFault(TimeSpan.FromSeconds(1)),
        new SlowResponseFault(TimeSpan.FromSeconds(1)), new CutConnectionFault(), new LostResponseFault(), new CutBodyFault(),
        new DuplicateFeedFault(), new ReorderedFeedFault(), new LateFeedFault(Pages: 2, By: TimeSpan.FromMinutes(1)), new LeaseTheftFault("other"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task Every_fault_is_added_by_what_the_list_shows_of_it(Fault fault)
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);
        var byCode = account.Account.Faults.Add(new FaultRule { Fault = fault, Container = "c", Skip = 3, Times = 4, Probability = 0.25 });
        var (_, listed) = await SendAsync(http, HttpMethod.Get, "_local/faults");
        var rule = Assert.Single(listed.GetProperty("faults").EnumerateArray()).GetProperty("rule").GetRawText();

        var (status, _) = await SendAsync(http, HttpMethod.Post, "_local/faults", rule);
        var byHttp = account.Account.Faults.Active[^1];

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(byCode.Rule.Fault, byHttp.Rule.Fault);
        Assert.Equal(
            (byCode.Seed, "c", 3, 4, 0.25),
            (byHttp.Seed, byHttp.Rule.Container, byHttp.Rule.Skip, byHttp.Rule.Times!.Value, byHttp.Rule.Probability));
    }

    [Theory]
    [InlineData("""{"fault":{"type":"CutBody"},"probabilty":0.5}""", "probabilty")]
    [InlineData("""{"fault":{"type":"Status","statusCode":503,"retry":1}}""", "retry")]
    [InlineData("""{"fault":{"type":"Earthquake"}}""", "Earthquake")]
    [InlineData("""{"fault":{"type":"CutBody"},"requests":["Guess"]}""", "requests")]
    [InlineData("""{"times":1}""", "fault")]
    [InlineData("""{"fault":null}""", "fault")]
    [InlineData("""{"fault":{"type":"Status"}}""", "statusCode")]
    [InlineData("""{"fault":{"type":"Status","statusCode":200}}""", "200")]
    [InlineData("""{"fault":{"type":"LaggingReplica"}}""", "memory")]
    [InlineData("""{"fault":{"type":"CutBody"},"times":1,"times":2}""", "times")]
    [InlineData("""{"fault":""", "JSON")]
    [InlineData("null", "null")]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task What_is_no_rule_is_refused_with_the_member_named(string body, string named)
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);

        var (status, error) = await SendAsync(http, HttpMethod.Post, "_local/faults", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(account.Account.Faults.Active);
    }

    [Fact]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task A_partition_is_split()
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);
        await account.CreateStreamsAsync();
        const string Order = """{"database":"db","container":"streams","partitionKeyRangeId":"0"}""";

        var (status, split) = await SendAsync(http, HttpMethod.Post, "_local/splits", Order);
        var (gone, error) = await SendAsync(http, HttpMethod.Post, "_local/splits", Order);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (status, gone));
        Assert.Equal(["1", "2"], split.GetProperty("partitionKeyRangeIds").EnumerateArray().Select(id => id.GetString()));
        Assert.Contains("'0'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task The_clock_is_stopped_set_advanced_and_started()
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);

        var (_, stopped) = await SendAsync(
            http, HttpMethod.Post, "_local/clock", """{"isStopped":true,"now":"2031-05-06T07:08:09Z","advance":"01:00:00"}""");
        var (_, told) = await SendAsync(http, HttpMethod.Get, "_local/clock");
        var (backwards, _) = await SendAsync(http, HttpMethod.Post, "_local/clock", """{"advance":"-01:00:00"}""");
        var (unknown, error) = await SendAsync(http, HttpMethod.Post, "_local/clock", """{"forward":"01:00:00"}""");
        var (_, started) = await SendAsync(http, HttpMethod.Post, "_local/clock", """{"isStopped":false}""");

        Assert.Equal(new DateTimeOffset(2031, 5, 6, 8, 8, 9, TimeSpan.Zero), told.GetProperty("now").GetDateTimeOffset());
        Assert.Equal((true, false), (stopped.GetProperty("isStopped").GetBoolean(), started.GetProperty("isStopped").GetBoolean()));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (backwards, unknown));
        Assert.Contains("forward", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://example.org")]
    [InlineData("Origin", "null")]
    [Proves(Area.Faults, "a control API over HTTP: fault rules, splits, the clock")]
    public async Task A_web_page_is_kept_out(string header, string value)
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);
        http.DefaultRequestHeaders.Add(header, value);

        var (status, _) = await SendAsync(http, HttpMethod.Get, "_local/faults");

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_request_that_came_by_another_hosts_name_is_kept_out()
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true, HasControlApi = true });
        await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        http.DefaultRequestHeaders.Host = "rebound.example.org";

        var (status, _) = await SendAsync(http, HttpMethod.Get, "_local/faults");

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Without_the_option_there_is_no_control_API()
    {
        await using var account = await TestAccount.OpenAsync();
        using var http = CreateHttp(account);

        var (status, _) = await SendAsync(http, HttpMethod.Delete, "_local/faults");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("PUT", "_local/clock", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "_local/weather", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "_local/faults/first", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "_local/faults", HttpStatusCode.NoContent)]
    public async Task Other_paths_and_methods_say_what_they_are(string method, string path, HttpStatusCode expected)
    {
        await using var account = await OpenAsync();
        using var http = CreateHttp(account);
        account.Account.Faults.Add(new FaultRule { Fault = new CutBodyFault(), Requests = [RequestKind.Read] });

        var (status, _) = await SendAsync(http, new HttpMethod(method), path);

        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.NoContent ? 0 : 1, account.Account.Faults.Active.Count);
    }

    private static Task<TestAccount> OpenAsync() => TestAccount.OpenAsync(configure: options => options with { HasControlApi = true });

    private static HttpClient CreateHttp(TestAccount account) => new(account.Account.CreateHandler()) { BaseAddress = LocalAccount.Endpoint };

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsByteArrayAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
