using System.ComponentModel.DataAnnotations;

namespace QANexus.Api.Authentication;

/// <summary>Whose tokens are taken, and which of their claims say what.</summary>
public sealed class BearerAuthenticationOptions : IValidatableObject
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "QANexusBearer";

    private const int ShortestKey = 32;

    /// <summary>
    /// Who issues the tokens, for Entra ID <c>https://login.microsoftonline.com/{directory}/v2.0</c>. Its keys are fetched from its metadata.
    /// Either this or <see cref="SigningKey"/>.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>What tokens must be made for: the application's client id or its <c>api://</c> name. At least one.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>The issuer that tokens must name; with <see cref="Authority"/> the one of its metadata, where this says nothing.</summary>
    public string? Issuer { get; set; }

    /// <summary>A shared secret of at least 32 bytes that signs tokens with HMAC-SHA-256. For development hosts.</summary>
    public byte[]? SigningKey { get; set; }

    /// <summary>The claim that grants roles, each value <c>{tenant}:{ROLE}</c>. Default <c>roles</c>, which Entra ID fills with app roles.</summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claims that name the caller, the first that a token has. Default <c>oid</c>, then <c>sub</c>: neither is a name or an address.</summary>
    [MinLength(1)]
    public IList<string> ActorClaims { get; } = ["oid", "sub"];

    /// <summary>How far clocks may differ. Default 1 minute, at most 5.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null == (SigningKey is null))
        {
            yield return new ValidationResult($"Exactly one of {nameof(Authority)} and {nameof(SigningKey)} must be set.", [nameof(Authority), nameof(SigningKey)]);
        }

        if (Authority is { } authority && !(authority.IsAbsoluteUri && authority.Scheme == Uri.UriSchemeHttps))
        {
            yield return new ValidationResult($"{nameof(Authority)} must be an absolute https URL.", [nameof(Authority)]);
        }

        if (SigningKey is { Length: < ShortestKey })
        {
            yield return new ValidationResult($"{nameof(SigningKey)} must have at least {ShortestKey} bytes.", [nameof(SigningKey)]);
        }

        if (SigningKey is not null && string.IsNullOrEmpty(Issuer))
        {
            yield return new ValidationResult($"{nameof(Issuer)} must be set with {nameof(SigningKey)}.", [nameof(Issuer)]);
        }

        if (Audiences.Count == 0 || Audiences.Any(string.IsNullOrWhiteSpace))
        {
            yield return new ValidationResult($"{nameof(Audiences)} must name at least one audience.", [nameof(Audiences)]);
        }
    }
}
