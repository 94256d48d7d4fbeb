using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Authentication;
using QANexus.Api.Routing;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Authentication;

public sealed class AuthenticationTests(AuthenticationTests.SharedHosts hosts) : IClassFixture<AuthenticationTests.SharedHosts>
{
    public static TheoryData<string> TenantOperations =>
        [.. Operations.All.Where(static operation => operation.Permission is not null).Select(static operation => operation.Name)];

    [Theory]
    [MemberData(nameof(TenantOperations))]
    public async Task Without_a_way_to_authenticate_every_operation_on_a_tenant_is_401(string name)
    {
        var opened = hosts.TenantsOpened;

        var answer = await CallAsync(hosts.WithoutAuthentication, name);

        answer.IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Equal(opened, hosts.TenantsOpened);
    }

    [Theory]
    [MemberData(nameof(TenantOperations))]
    public async Task A_caller_needs_the_declared_permission_in_the_tenant_of_the_route(string name)
    {
        var needed = Operations.All.Single(operation => operation.Name == name).Permission!.Value;
        var opened = hosts.TenantsOpened;
        foreach (var (permissions, tenant) in (IEnumerable<(Permission[], string)>)[([], "t1"), (Enum.GetValues<Permission>().Except([needed]).ToArray(), "t1"), ([needed], "t2")])
        {
            (await CallAsync(hosts.Granting(tenant, permissions), name)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        }

        Assert.Equal(opened, hosts.TenantsOpened);
        await CallAsync(hosts.Granting("t1", needed), name);
        Assert.Equal(opened + 1, hosts.TenantsOpened);
    }

    [Theory]
    [InlineData("""{"securityScorePercentage":100}""")]
    [InlineData("""{"securityFindings":[{"low":1}]}""")]
    public async Task Whoever_may_evaluate_a_release_needs_more_to_say_how_secure_it_is(string figures)
    {
        const string Evaluate = "/api/v1/tenants/t1/releases/v1/evaluate";
        await using var viewer = await StartAsync(Permission.EvaluateReleases);
        await using var scanner = await StartAsync(Permission.EvaluateReleases, Permission.ReportSecurity);

        (await viewer.SendAsync(HttpMethod.Post, Evaluate, figures)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await viewer.SendAsync(HttpMethod.Post, Evaluate, "{}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await scanner.SendAsync(HttpMethod.Post, Evaluate, figures)).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost", true)]
    [InlineData("::1", "::1", "[::1]:7071", true)]
    [InlineData("127.0.0.1", "127.0.0.1", "LocalHost:7071", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1:7071", true)]
    [InlineData("10.0.0.7", "127.0.0.1", "localhost", false)]
    [InlineData("127.0.0.1", "10.0.0.4", "localhost", false)]
    [InlineData("::ffff:10.0.0.7", "127.0.0.1", "localhost", false)]
    [InlineData(null, "127.0.0.1", "localhost", false)]
    [InlineData("127.0.0.1", null, "localhost", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "evil.example.com", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost.evil.example.com", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.1.nip.io:7071", false)]
    public async Task The_development_administrator_is_local_at_both_ends_and_by_name(string? remote, string? local, string hostHeader, bool known)
    {
        await using var host = await ApiHost.StartAsync(connect: context =>
        {
            context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
            context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
            context.Request.Host = new HostString(hostHeader);
        });

        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await host.GetAsync(ApiHost.Stream)).Status);
    }

    [Fact]
    public async Task Who_is_calling_is_asked_before_anything_else()
    {
        await using var host = await ApiHost.StartAsync(authenticate: false);

        (await host.GetAsync("/api/v1/tenants/NOT-A-TENANT/events?x=1")).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public void Adding_the_api_twice_adds_nothing_twice()
    {
        var once = new ServiceCollection();
        once.AddQANexusApi().AddDevelopmentAuthentication();
        var twice = new ServiceCollection();
        twice.AddQANexusApi().AddDevelopmentAuthentication();
        twice.AddQANexusApi().AddDevelopmentAuthentication();

        Assert.Single(twice, static service => service.ServiceType == typeof(ICallerAuthenticator));
        Assert.Equal(OfApi(once), OfApi(twice));

        static IEnumerable<string> OfApi(ServiceCollection services) =>
            services.Select(static service => service.ServiceType.FullName!).Where(static name => name.StartsWith("QANexus.", StringComparison.Ordinal));
    }

    private static Task<ApiHost> StartAsync(params Permission[] permissions) => ApiHost.StartAsync(
        services => services.AddSingleton<ICallerAuthenticator>(new Grant(TenantId.Parse("t1"), permissions)), authenticate: false);

    private static Task<ApiAnswer> CallAsync(ApiHost host, string name)
    {
        var operation = Operations.All.Single(operation => operation.Name == name);
        var url = "/api/" + operation.Route.Replace("{tenantId}", "t1", StringComparison.Ordinal).Replace("{aggregateType}", "Requirement", StringComparison.Ordinal)
            .Replace("{aggregateId}", "req-1", StringComparison.Ordinal).Replace("{eventId}", "e-1", StringComparison.Ordinal)
            .Replace("{id}", "a-1", StringComparison.Ordinal).Replace("{itemId}", "i-1", StringComparison.Ordinal);
        return host.SendAsync(new HttpMethod(operation.Method), url, operation.Method == "POST" ? ApiHost.OneEvent : null);
    }

    /// <summary>One host that knows nobody and one whose caller holds what a test says, for every operation; the tests of a class run one by one.</summary>
    public sealed class SharedHosts : IAsyncLifetime
    {
        private readonly ScriptedEventStore store = new();
        private readonly Lent lent = new();
        private ApiHost? strict;
        private ApiHost? granting;

        public int TenantsOpened => store.TenantsOpened;

        internal ApiHost WithoutAuthentication => strict!;

        public async Task InitializeAsync()
        {
            strict = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store), authenticate: false);
            granting = await ApiHost.StartAsync(
                services => services.AddSingleton<IEventStore>(store).AddSingleton<ICallerAuthenticator>(lent), authenticate: false);
        }

        public async Task DisposeAsync()
        {
            await strict!.DisposeAsync();
            await granting!.DisposeAsync();
        }

        internal ApiHost Granting(string tenant, params Permission[] permissions)
        {
            lent.Caller = new Grant(TenantId.Parse(tenant), permissions);
            return granting!;
        }

        private sealed class Lent : ICallerAuthenticator
        {
            public Caller? Caller { get; set; }

            public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) => ValueTask.FromResult(Caller);
        }
    }

    private sealed class Grant(TenantId tenant, Permission[] permissions) : Caller("ann"), ICallerAuthenticator
    {
        public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) => ValueTask.FromResult<Caller?>(this);

        public override bool Holds(Permission permission, TenantId asked) => asked == tenant && permissions.Contains(permission);

        public override IEnumerable<Role> RolesIn(TenantId asked) => [];
    }
}
