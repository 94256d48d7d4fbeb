using Microsoft.AspNetCore.Http;

namespace QANexus.Api.Authentication;

/// <summary>One way to establish who is calling. Where none is registered, every call for a tenant is refused.</summary>
public interface ICallerAuthenticator
{
    /// <summary>The caller, or null where this way does not tell.</summary>
    ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
