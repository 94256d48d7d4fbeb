using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Authentication;

/// <summary>
/// Takes whoever calls over the loopback interface for the development administrator, who may do everything in every tenant. Only for a host
/// that development machines run.
/// </summary>
/// <remarks>
/// Both ends of the connection must be loopback addresses and the request must be addressed to a loopback name: a page from elsewhere whose
/// own name resolves to 127.0.0.1 (DNS rebinding) still sends that name as <c>Host</c>, and one that calls across origins sends its own as
/// <c>Origin</c>. Whoever shows a token is judged by the token.
/// </remarks>
internal sealed class DevelopmentAuthenticator : ICallerAuthenticator
{
    private static readonly Caller Administrator = new DevelopmentAdministrator();

    public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            context.Request.Headers.Authorization.Count == 0
            && IsLoopback(context.Connection.RemoteIpAddress) && IsLoopback(context.Connection.LocalIpAddress)
            && IsLoopback(context.Request.Host) && IsLoopback(context.Request.Headers.Origin)
                ? Administrator
                : null);

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoopback(HostString host) =>
        host.Host is "127.0.0.1" or "[::1]" || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Only browsers name the page that calls; everybody else is not led by one.</summary>
    private static bool IsLoopback(StringValues origin) =>
        origin.Count == 0 || (origin is [{ } page] && Uri.TryCreate(page, UriKind.Absolute, out var address) && IsLoopback(new HostString(address.Authority)));

    private sealed class DevelopmentAdministrator() : Caller("development")
    {
        public override bool Holds(Permission permission, TenantId tenant) => true;

        public override IEnumerable<Role> RolesIn(TenantId tenant) => [Role.OrgAdmin];
    }
}
