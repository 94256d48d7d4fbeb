using System.Net;
using Microsoft.AspNetCore.Http;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Authentication;

/// <summary>
/// Takes whoever calls over the loopback interface for the development administrator, who may do everything in every tenant. Only for a host
/// that development machines run.
/// </summary>
/// <remarks>
/// Both ends of the connection must be loopback addresses and the request must be addressed to a loopback name: a page from elsewhere whose
/// own name resolves to 127.0.0.1 (DNS rebinding) still sends that name as <c>Host</c>, and one that calls across origins sends its own as
/// <c>Origin</c>. A link, a picture or a script that a page elsewhere takes from here comes without an <c>Origin</c>, but from a browser that says
/// <c>Sec-Fetch-Site: cross-site</c>: the page could not read the answer, but could tell whether there is one. Whoever shows a token is judged by it.
/// </remarks>
internal sealed class DevelopmentAuthenticator : ICallerAuthenticator
{
    private const string FetchSite = "Sec-Fetch-Site";

    private static readonly Caller Administrator = new DevelopmentAdministrator();

    public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            context.Request.Headers.Authorization.Count == 0
            && IsLoopback(context.Connection.RemoteIpAddress) && IsLoopback(context.Connection.LocalIpAddress)
            && IsLoopback(context.Request.Host) && IsLedFromHere(context.Request.Headers)
                ? Administrator
                : null);

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoopback(HostString host) =>
        host.Host is "127.0.0.1" or "[::1]" || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Only browsers name the page that calls; everybody else is not led by one.</summary>
    private static bool IsLedFromHere(IHeaderDictionary headers) => headers.Origin switch
    {
        [] => !headers[FetchSite].Contains("cross-site"),
        [{ } page] => Uri.TryCreate(page, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && IsLoopback(new HostString(address.Authority)),
        _ => false,
    };

    private sealed class DevelopmentAdministrator() : Caller("development")
    {
        public override bool Holds(Permission permission, TenantId tenant) => true;

        public override IEnumerable<Role> RolesIn(TenantId tenant) => [Role.OrgAdmin];
    }
}
