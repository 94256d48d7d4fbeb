using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace QANexus.Api.Authentication;

/// <summary>Sets the standard JWT handler up from <see cref="BearerAuthenticationOptions"/>.</summary>
internal sealed class BearerScheme(IOptions<BearerAuthenticationOptions> options) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string CriticalExtensions = "crit";

    /// <summary>Signatures by a public key. A key that everybody can read must never do for an HMAC, so the two kinds are never both taken.</summary>
    private static readonly string[] PublicKeyAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(JwtBearerOptions options) => Configure(BearerAuthenticationOptions.Scheme, options);

    public void Configure(string? name, JwtBearerOptions handler)
    {
        if (name != BearerAuthenticationOptions.Scheme)
        {
            return;
        }

        var bearer = options.Value;
        handler.Authority = bearer.Authority?.AbsoluteUri;
        handler.MapInboundClaims = false;
        handler.IncludeErrorDetails = false;
        handler.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = bearer.Issuer,
            ValidAudiences = bearer.Audiences,
            ValidAlgorithms = bearer.SigningKey is null ? PublicKeyAlgorithms : [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = bearer.SigningKey is { } key ? new SymmetricSecurityKey(key) : null,
            ClockSkew = bearer.ClockSkew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        handler.Events = new JwtBearerEvents { OnTokenValidated = RefuseExtensions };
    }

    /// <summary>What a token names as critical must be understood or the token refused (RFC 7515, section 4.1.11); the standard handler does not look.</summary>
    private static Task RefuseExtensions(TokenValidatedContext context)
    {
        if (context.SecurityToken is JsonWebToken token && token.TryGetHeaderValue<object>(CriticalExtensions, out _))
        {
            context.Fail("The token has critical extensions, none of which is understood here.");
        }

        return Task.CompletedTask;
    }
}
