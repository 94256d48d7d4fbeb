using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace QANexus.Api.Authentication;

/// <summary>Takes the bearer of a valid token for whom the token names.</summary>
/// <remarks>Signature, issuer, audience, lifetime and algorithm are checked by the standard handler; see <see cref="BearerScheme"/>.</remarks>
internal sealed class BearerAuthenticator(IOptions<BearerAuthenticationOptions> options) : ICallerAuthenticator
{
    /// <summary>Characters of a caller's name at most; it is stored with every append.</summary>
    private const int MaxActorLength = 256;

    public async ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Authorization.Count == 0)
        {
            return null;
        }

        var result = await context.AuthenticateAsync(BearerAuthenticationOptions.Scheme);
        return result.Principal is { } principal && ActorOf(principal) is { } actor
            ? new TokenCaller(actor, [.. GrantsOf(principal)])
            : null;
    }

    /// <summary>Who it is. A token that does not say is nobody's.</summary>
    private string? ActorOf(ClaimsPrincipal principal) => options.Value.ActorClaims
        .Select(principal.FindFirstValue)
        .FirstOrDefault(static name => name is { Length: > 0 and <= MaxActorLength });

    private IEnumerable<TenantGrant> GrantsOf(ClaimsPrincipal principal)
    {
        foreach (var claim in principal.FindAll(options.Value.RolesClaim))
        {
            if (TenantGrant.TryParse(claim.Value, out var grant))
            {
                yield return grant;
            }
        }
    }
}
