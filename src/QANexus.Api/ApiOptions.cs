using System.ComponentModel.DataAnnotations;
using QANexus.Api.Limits;
using QANexus.EventStore.Streams;

namespace QANexus.Api;

/// <summary>How the API presents itself.</summary>
public sealed class ApiOptions : IValidatableObject
{
    /// <summary>
    /// What stands before <c>/api</c> in the URLs that callers use, where a proxy hides it: <c>https://events.example.com</c>. Without one, links
    /// carry the scheme and host of the request.
    /// </summary>
    public Uri? PublicBaseAddress { get; set; }

    /// <summary>
    /// How long an event stream may be silent before its reader gets a sign of life: well below the 240 s after which Azure's load balancer takes a
    /// connection for dead. Default 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LiveFeedHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long one event stream lasts; its reader comes back by itself, goes on where it was, and is authorised anew. Below the time-out of a
    /// function, which ends the whole process: 30 minutes unless <c>functionTimeout</c> in host.json says otherwise. Default 20 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LiveFeedDuration { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>What every tenant may ask of an instance.</summary>
    public TenantLimits Limits { get; set; } = new();

    /// <summary>By tenant, what it may ask instead where it is set there.</summary>
    public Dictionary<string, TenantLimits> TenantLimits { get; } = new Dictionary<string, TenantLimits>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicBaseAddress is { } address
            && !(address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0))
        {
            yield return new ValidationResult(
                $"{nameof(PublicBaseAddress)} must be an absolute http or https URL without query and fragment.", [nameof(PublicBaseAddress)]);
        }

        foreach (var tenant in TenantLimits.Keys.Where(static name => !TenantId.TryParse(name, out _)))
        {
            yield return new ValidationResult($"{nameof(TenantLimits)}: '{tenant}' is no name of a tenant.", [nameof(TenantLimits)]);
        }

        foreach (var (name, limits) in TenantLimits.Select(static own => ($"{nameof(TenantLimits)}:{own.Key}", own.Value)).Prepend((nameof(Limits), Limits)))
        {
            List<ValidationResult> violations = [];
            Validator.TryValidateObject(limits, new ValidationContext(limits), violations, validateAllProperties: true);
            foreach (var violation in violations)
            {
                yield return new ValidationResult($"{name}: {violation.ErrorMessage}", [name]);
            }
        }
    }
}
