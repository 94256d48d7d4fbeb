using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using QANexus.Api.Authentication;

namespace QANexus.Api.Tests.Authentication;

/// <summary>An issuer of tokens with an RSA key, as Entra ID is, whose metadata need no network.</summary>
internal sealed class TokenIssuer : IDisposable
{
    public const string Issuer = "https://login.example.com/directory/v2.0";
    public const string Audience = "api://qanexus";

    private readonly RSA rsa = RSA.Create(2048);

    public TokenIssuer() => Key = new RsaSecurityKey(rsa) { KeyId = "1" };

    public RsaSecurityKey Key { get; }

    /// <summary>What everybody may know of the key.</summary>
    public byte[] PublicKey => rsa.ExportSubjectPublicKeyInfo();

    public string PublicKeyPem => rsa.ExportSubjectPublicKeyInfoPem();

    public void Trust(IServiceCollection services)
    {
        new ApiBuilder(services).AddBearerAuthentication(options =>
        {
            options.Authority = new Uri(Issuer);
            options.Audiences.Add(Audience);
        });
        var metadata = new OpenIdConnectConfiguration { Issuer = Issuer };
        metadata.SigningKeys.Add(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "1" });
        services.PostConfigure<JwtBearerOptions>(
            BearerAuthenticationOptions.Scheme,
            options => options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(metadata));
    }

    /// <summary>A token that is right in every way, but for what <paramref name="change"/> makes wrong.</summary>
    public string Create(Action<SecurityTokenDescriptor>? change = null, params string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.AddMinutes(-5),
            NotBefore = now.AddMinutes(-5),
            Expires = now.AddMinutes(30),
            Claims = new Dictionary<string, object> { ["oid"] = "0f1c6a6e-ann", ["sub"] = "pairwise", ["roles"] = roles.Length == 0 ? ["t1:ORG_ADMIN"] : roles },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public void Dispose() => rsa.Dispose();
}
