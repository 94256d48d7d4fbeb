using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QANexus.Api.Limits;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Limits;

public sealed class TenantLimitsTests
{
    private const string OtherStream = "/api/v1/tenants/t2/streams/Requirement/req-1/events";

    [Fact]
    public async Task A_tenant_that_asks_too_often_is_told_when_to_come_again_and_nothing_is_done()
    {
        await using var host = await StartAsync(options => options.Limits = new TenantLimits { RequestsPerSecond = 1, RequestBurst = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.AppendAsync()));

        var refused = answers.Where(static answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, static answer =>
        {
            answer.IsProblem(HttpStatusCode.TooManyRequests, "throttled");
            Assert.Equal("1", answer.Headers["Retry-After"]);
        });
        var stored = answers.Count(static answer => answer.Status is HttpStatusCode.Created);
        Assert.Equal(answers.Length, stored + refused.Count);
        Assert.InRange(stored, 2, 9);
    }

    [Fact]
    public async Task One_tenants_rate_is_not_anothers()
    {
        await using var host = await StartAsync(static options =>
        {
            options.Limits = new TenantLimits { RequestsPerSecond = 1, RequestBurst = 1 };
            options.TenantLimits["t2"] = new TenantLimits { RequestsPerSecond = 1000 };
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync(OtherStream)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync()).Status);
    }

    [Fact]
    public async Task Without_a_limit_nobody_is_refused()
    {
        await using var host = await ApiHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => host.GetAsync(OtherStream)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task Whoever_may_not_use_a_tenant_does_not_use_up_its_rate()
    {
        await using var host = await StartAsync(static options => options.Limits = new TenantLimits { RequestsPerSecond = 1, RequestBurst = 1 }, authenticate: false);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync(OtherStream)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
    }

    [Fact]
    public async Task A_body_may_be_limited_further()
    {
        await using var host = await StartAsync(static options => options.TenantLimits["t1"] = new TenantLimits { MaxBodyBytes = 16 * 1024 });
        var body = $$$"""{"events":[{"type":"RequirementApproved","data":{"text":"{{{new string('x', 16 * 1024)}}}"}}]}""";

        var refused = await host.AppendAsync(body);
        var elsewhere = await host.SendAsync(HttpMethod.Post, OtherStream, body);

        refused.IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
        Assert.Equal("The body is larger than 16384 bytes.", refused.Json.GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.Created, elsewhere.Status);
    }

    [Theory]
    [InlineData("/api/v1/tenants/t1/streams/Requirement/req-1/events")]
    [InlineData("/api/v1/tenants/t1/events")]
    [InlineData("/api/v1/tenants/t1/feed")]
    public async Task A_page_may_be_limited_further(string path)
    {
        await using var host = await StartAsync(static options => options.Limits = new TenantLimits { MaxPageSize = 2 });
        for (var i = 0; i < 3; i++)
        {
            await host.AppendAsync();
        }

        Assert.Equal(2, (await host.GetAsync(path)).Events.Count);
        Assert.Equal(2, (await host.GetAsync(path + "?maxCount=2")).Events.Count);
        (await host.GetAsync(path + "?maxCount=3")).IsInvalidAt("/query/maxCount");
    }

    [Fact]
    public void Nothing_is_limited_unless_it_is_said()
    {
        var limits = new ApiOptions().Limits;

        Assert.Null(limits.RequestsPerSecond);
        Assert.Null(limits.RequestBurst);
        Assert.Null(limits.MaxBodyBytes);
        Assert.Null(limits.MaxPageSize);
    }

    [Fact]
    public void Limits_that_make_no_sense_stop_the_start()
    {
        var services = new ServiceCollection();
        services.AddQANexusApi(static options =>
        {
            options.Limits.MaxPageSize = 1001;
            options.TenantLimits["acme"] = new TenantLimits { RequestsPerSecond = 0 };
            options.TenantLimits["No Tenant"] = new TenantLimits();
        });
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<ApiOptions>>().Value);

        Assert.Contains("Limits: The field MaxPageSize must be between 1 and 1000.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TenantLimits:acme: The field RequestsPerSecond must be between 1 and 1000000.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TenantLimits: 'No Tenant' is no name of a tenant.", failure.Message, StringComparison.Ordinal);
    }

    private static Task<ApiHost> StartAsync(Action<ApiOptions> configure, bool authenticate = true) =>
        ApiHost.StartAsync(services => services.AddQANexusApi(configure), authenticate);
}
