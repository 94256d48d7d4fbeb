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
/// own name resolves to 127.0.0.1 (DNS rebinding) still sends that name as <c>Host</c>.
/// </remarks>
internal sealed class DevelopmentAuthenticator : ICallerAuthenticator
{
    private static readonly Caller Administrator = new DevelopmentAdministrator();

    public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            IsLoopback(context.Connection.RemoteIpAddress) && IsLoopback(context.Connection.LocalIpAddress) && IsLoopback(context.Request.Host)
                ? Administrator
                : null);

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoopback(HostString host) =>
        host.Host is "127.0.0.1" or "[::1]" || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase);

    private sealed class DevelopmentAdministrator() : Caller("development")
    {
        public override bool Holds(Permission permission, TenantId tenant) => true;
    }
}
