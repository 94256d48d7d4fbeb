using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using QANexus.Api.Authentication;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Authentication;

/// <summary>Who gets in with what, and who does not. Nothing is read or written for those who do not.</summary>
public sealed class BearerAuthenticationTests : IDisposable
{
    private const string OtherStream = "/api/v1/tenants/t2/streams/Requirement/req-1/events";

    private readonly TokenIssuer issuer = new();

    /// <summary>What is wrong with a token, each alone.</summary>
    public static TheoryData<string> Forgeries => [.. Forge.Keys];

    private static Dictionary<string, Func<TokenIssuer, string>> Forge { get; } = new(StringComparer.Ordinal)
    {
        ["expired"] = static issuer => issuer.Create(static token => token.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2)),
        ["without an end"] = static issuer => issuer.Create(static token => token.Expires = null),
        ["not yet valid"] = static issuer => issuer.Create(static token => token.NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10)),
        ["another issuer"] = static issuer => issuer.Create(static token => token.Issuer = "https://login.example.com/other/v2.0"),
        ["another audience"] = static issuer => issuer.Create(static token => token.Audience = "api://other"),
        ["no audience"] = static issuer => issuer.Create(static token => token.Audience = null),
        ["another key"] = static _ =>
        {
            using var other = new TokenIssuer();
            return other.Create();
        },
        ["algorithm none"] = static issuer => Unsigned(issuer.Create(), "none"),
        ["algorithm NONE"] = static issuer => Unsigned(issuer.Create(), "NonE"),
        ["public key as secret"] = static issuer => issuer.Create(token => token.SigningCredentials = Hmac(issuer.PublicKey)),
        ["public key's text as secret"] = static issuer => issuer.Create(token => token.SigningCredentials = Hmac(Encoding.ASCII.GetBytes(issuer.PublicKeyPem))),
        ["role added"] = static issuer => Tampered(issuer.Create(roles: "t1:VIEWER")),
        ["signature cut off"] = static issuer => issuer.Create()[..^10],
        ["nobody's name"] = static issuer => issuer.Create(static token =>
        {
            token.Claims.Remove("oid");
            token.Claims.Remove("sub");
        }),
        ["a critical extension"] = static issuer => issuer.Create(static token =>
            token.AdditionalHeaderClaims = new Dictionary<string, object> { ["crit"] = new[] { "bound-to" }, ["bound-to"] = "somebody" }),
        ["not a token"] = static _ => "x",
        ["empty"] = static _ => string.Empty,
        ["very long"] = static issuer => issuer.Create() + new string('A', 20_000),
    };

    public void Dispose() => issuer.Dispose();

    [Fact]
    public async Task A_valid_token_appends_under_its_bearers_id_and_reads()
    {
        await using var host = await StartAsync();
        var authorization = Bearer(issuer.Create());

        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(headers: authorization)).Status);
        var read = await host.GetAsync(ApiHost.Stream, authorization);
        Assert.Equal("0f1c6a6e-ann", Assert.Single(read.Events).GetProperty("metadata").GetProperty("actor").GetString());
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_wrong_in_one_way_is_401_and_nothing_is_written(string what)
    {
        await using var host = await StartAsync();

        var answer = await host.AppendAsync(headers: Bearer(Forge[what](issuer)));

        answer.IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal(0, (await host.GetAsync(ApiHost.Stream, Bearer(issuer.Create()))).Json.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("Basic YW5uOnNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("Negotiate abc")]
    public async Task Another_scheme_is_401(string authorization)
    {
        await using var host = await StartAsync();

        (await host.GetAsync(ApiHost.Stream, ("Authorization", authorization))).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_wrong_token_is_not_saved_by_being_local()
    {
        await using var host = await ApiHost.StartAsync(issuer.Trust);

        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(ApiHost.Stream)).Status);
        (await host.GetAsync(ApiHost.Stream, Bearer("x"))).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await host.AppendAsync(headers: Bearer(issuer.Create(roles: "t1:VIEWER")))).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("t1:VIEWER", HttpStatusCode.OK)]
    [InlineData("*:QA", HttpStatusCode.OK)]
    [InlineData("t2:ORG_ADMIN", HttpStatusCode.Forbidden)]
    [InlineData("t1:viewer", HttpStatusCode.Forbidden)]
    [InlineData("T1:VIEWER", HttpStatusCode.Forbidden)]
    [InlineData("VIEWER", HttpStatusCode.Forbidden)]
    [InlineData(":VIEWER", HttpStatusCode.Forbidden)]
    [InlineData("t1:", HttpStatusCode.Forbidden)]
    [InlineData("t1:VIEWER:t2", HttpStatusCode.Forbidden)]
    [InlineData("t*:VIEWER", HttpStatusCode.Forbidden)]
    [InlineData("**:VIEWER", HttpStatusCode.Forbidden)]
    public async Task A_role_is_granted_in_one_tenant_or_in_every_one(string role, HttpStatusCode expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, (await host.GetAsync(ApiHost.Stream, Bearer(issuer.Create(roles: role)))).Status);
    }

    [Fact]
    public async Task Another_tenants_data_and_a_tenant_that_does_not_exist_look_the_same()
    {
        await using var host = await StartAsync();
        await host.SendAsync(HttpMethod.Post, OtherStream, ApiHost.OneEvent, Bearer(issuer.Create(roles: "t2:SERVICE")));
        var authorization = Bearer(issuer.Create());

        var foreign = await host.GetAsync(OtherStream, authorization);
        var missing = await host.GetAsync(OtherStream.Replace("t2", "t3", StringComparison.Ordinal), authorization);

        foreign.IsProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(WithoutTrace(foreign), WithoutTrace(missing).Replace("t3", "t2", StringComparison.Ordinal));
        Assert.Equal(foreign.Headers.Keys.Order(StringComparer.Ordinal), missing.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example.com", false)]
    [InlineData("http://localhost.evil.example.com:7071", false)]
    [InlineData("null", false)]
    [InlineData("chrome-extension://localhost", false)]
    [InlineData("http://localhost:7071", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    public async Task A_page_from_elsewhere_is_not_the_development_administrator(string origin, bool known)
    {
        await using var host = await ApiHost.StartAsync(connect: static context => context.Request.Host = new("localhost", 7071));

        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await host.GetAsync(ApiHost.Stream, ("Origin", origin))).Status);
    }

    /// <summary>What a script or a picture asks for has no Origin, and whether it loads tells whether there is such a thing.</summary>
    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", "http://localhost:3000", true)]
    [InlineData("same-site", null, true)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    public async Task What_a_page_from_elsewhere_embeds_is_not_the_development_administrators(string site, string? origin, bool known)
    {
        await using var host = await ApiHost.StartAsync(connect: static context => context.Request.Host = new("localhost", 7071));
        (string, string)[] headers = origin is null ? [("Sec-Fetch-Site", site)] : [("Sec-Fetch-Site", site), ("Origin", origin)];

        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await host.GetAsync(ApiHost.Stream, headers)).Status);
    }

    [Fact]
    public void Every_permission_is_held_by_somebody_and_a_viewer_only_reads_and_has_releases_evaluated()
    {
        Assert.All(Enum.GetValues<Permission>(), static permission =>
            Assert.Contains(Enum.GetValues<Role>(), role => RolePermissions.Holds(role, permission)));
        Assert.All(Enum.GetValues<Permission>(), static permission => Assert.Equal(
            permission is Permission.EvaluateReleases || permission.ToString().StartsWith("Read", StringComparison.Ordinal),
            RolePermissions.Holds(Role.Viewer, permission)));
        Assert.All(Enum.GetValues<Permission>(), static permission => Assert.True(RolePermissions.Holds(Role.OrgAdmin, permission)));
    }

    private static (string, string) Bearer(string token) => ("Authorization", "Bearer " + token);

    private static SigningCredentials Hmac(byte[] secret) => new(new SymmetricSecurityKey(secret) { KeyId = "1" }, SecurityAlgorithms.HmacSha256);

    private static string Unsigned(string token, string algorithm) =>
        $"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        return $"{parts[0]}.{Encode(claims.Replace("VIEWER", "ORG_ADMIN", StringComparison.Ordinal))}.{parts[2]}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string WithoutTrace(ApiAnswer answer) =>
        answer.Text.Replace(answer.Json.GetProperty("traceId").GetString()!, string.Empty, StringComparison.Ordinal);

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(issuer.Trust, authenticate: false);
}
