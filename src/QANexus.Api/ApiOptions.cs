using System.ComponentModel.DataAnnotations;

namespace QANexus.Api;

/// <summary>How the API presents itself.</summary>
public sealed class ApiOptions : IValidatableObject
{
    /// <summary>
    /// What stands before <c>/api</c> in the URLs that callers use, where a proxy hides it: <c>https://events.example.com</c>. Without one, links
    /// carry the scheme and host of the request.
    /// </summary>
    public Uri? PublicBaseAddress { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicBaseAddress is { } address
            && !(address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0))
        {
            yield return new ValidationResult(
                $"{nameof(PublicBaseAddress)} must be an absolute http or https URL without query and fragment.", [nameof(PublicBaseAddress)]);
        }
    }
}
