using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.Testing.Feeds;

namespace QANexus.Api.Tests.Clearing;

public sealed class TenantClearTests
{
    private const string Events = "/api/v1/tenants/t1/events";

    private static readonly (string Name, string Value) Confirmed = ("X-Confirm-Tenant", "t1");

    [Fact]
    public async Task Where_it_is_not_enabled_nobody_may_clear_a_tenant()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();

        var answer = (await host.SendAsync(HttpMethod.Delete, Events, headers: Confirmed)).IsProblem(HttpStatusCode.Forbidden, "forbidden");

        Assert.Contains("not enabled", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single((await host.GetAsync(Events)).Events);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("t2")]
    [InlineData("T1")]
    [InlineData("t1", "t1")]
    public async Task A_clear_that_is_not_confirmed_by_the_tenants_name_is_refused(params string[] names)
    {
        var clearing = new ScriptedClearing();
        await using var host = await StartAsync(clearing);

        (await host.SendAsync(HttpMethod.Delete, Events, body: null, [.. names.Select(static name => (Confirmed.Name, name))])).IsInvalidAt("/header/X-Confirm-Tenant");
        (await host.SendAsync(HttpMethod.Delete, Events + "?all=true", headers: Confirmed)).IsInvalidAt("/query/all");

        Assert.Empty(clearing.Cleared);
    }

    [Fact]
    public async Task A_clear_says_how_far_it_came_and_when_it_is_done()
    {
        await using var host = await StartAsync(new ScriptedClearing
        {
            Results = new([new(2_000, IsDone: false, 12_000), new(2_417, IsDone: true, 3_000.5)]),
        });

        var (first, second, third) = (await ClearAsync(host), await ClearAsync(host), await ClearAsync(host));

        Assert.Equal((HttpStatusCode.Accepted, """{"deleted":2000}""", "12000.00"), (first.Status, first.Text, first.Headers["X-Request-Charge"]));
        Assert.Equal((HttpStatusCode.OK, """{"deleted":2417}"""), (second.Status, second.Text));
        Assert.Equal((HttpStatusCode.OK, """{"deleted":0}"""), (third.Status, third.Text));
    }

    [Fact]
    public async Task What_was_handed_out_before_a_clear_is_worth_nothing_after_it()
    {
        await using var host = await StartAsync(new ScriptedClearing());
        var append = await host.AppendAsync("""{"events":[{"type":"A","data":{}},{"type":"B","data":{}}]}""", ("Idempotency-Key", "k"));
        var next = (await host.GetAsync(Events + "?maxCount=1")).NextLink!;
        await ClearAsync(host);

        var conflict = (await host.AppendAsync(headers: ("If-Match", append.ETag))).IsProblem(HttpStatusCode.PreconditionFailed, "version-conflict");
        Assert.Equal(0, conflict.Json.GetProperty("currentVersion").GetInt64());
        (await host.GetAsync(next)).IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
        Assert.Equal(0, (await host.GetAsync(ApiHost.Stream, ("If-None-Match", append.ETag))).Json.GetProperty("version").GetInt64());

        // The key is free again, and the answers know the tenant by its name.
        var again = await host.AppendAsync(ApiHost.OneEvent, ("Idempotency-Key", "k"), ("If-None-Match", "*"));
        Assert.Equal((HttpStatusCode.Created, "t1"), (again.Status, again.Json.GetProperty("tenantId").GetString()));
        (await host.AppendAsync(headers: ("If-Match", append.ETag))).IsProblem(HttpStatusCode.PreconditionFailed, "version-conflict");
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(headers: ("If-Match", again.ETag))).Status);
    }

    [Fact]
    public async Task A_live_feed_ends_with_the_clear_of_its_tenant_and_says_so()
    {
        await using var host = await StartAsync(new ScriptedClearing(), TimeSpan.FromMilliseconds(20));
        await host.AppendAsync();
        await using var stream = await EventStreamReader.OpenAsync(host.Client, "/api/v1/tenants/t1/feed");
        Assert.Equal("event", (await stream.NextAsync())!.Value.EventType);

        await ClearAsync(host);

        var last = (await stream.NextAsync())!.Value;
        Assert.Equal("problem", last.EventType);
        Assert.Equal("cursor-invalid", JsonDocument.Parse(last.Data).RootElement.GetProperty("code").GetString());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_request_asks_for_the_generation_once_and_not_before_its_caller_is_known_to_be_allowed()
    {
        var generations = new CountingGenerations();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<ITenantGenerations>(generations));
        await host.AppendAsync();
        Assert.Equal(1, generations.Asked);

        await using var closed = await ApiHost.StartAsync(services => services.AddSingleton<ITenantGenerations>(generations), authenticate: false);
        await closed.AppendAsync();
        await host.GetAsync("/api/health/live");
        await host.GetAsync("/api/v1/tenants/NOT-A-TENANT/events");
        Assert.Equal(1, generations.Asked);
    }

    [Fact]
    public async Task A_clear_that_is_interrupted_says_that_it_is_to_be_repeated()
    {
        await using var host = await StartAsync(new ScriptedClearing
        {
            Failure = new TenantClearUnfinishedException(TenantId.Parse("t1"), TimeSpan.FromSeconds(2)),
        });

        var answer = (await ClearAsync(host)).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");

        Assert.Contains("Repeat", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", answer.Headers["Retry-After"]);
    }

    private static Task<ApiHost> StartAsync(ScriptedClearing clearing, TimeSpan? heartbeat = null) => ApiHost.StartAsync(services =>
    {
        services.AddSingleton<ITenantClearing>(clearing).AddSingleton<ITenantGenerations>(clearing);
        services.Configure<ApiOptions>(options => options.LiveFeedHeartbeat = heartbeat ?? options.LiveFeedHeartbeat);
    });

    private static Task<ApiAnswer> ClearAsync(ApiHost host) => host.SendAsync(HttpMethod.Delete, Events, headers: Confirmed);

    private sealed class CountingGenerations : ITenantGenerations
    {
        public int Asked { get; private set; }

        public ValueTask<TenantId> CurrentAsync(TenantId tenant, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(tenant);
        }
    }
}
