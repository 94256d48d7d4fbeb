using System.ComponentModel.DataAnnotations;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Policies;

/// <summary>The policies of the tenants, as a host is configured with them.</summary>
public sealed class PolicyOptions : IValidatableObject
{
    /// <summary>Of every tenant.</summary>
    public PolicySettings All { get; set; } = new();

    /// <summary>By tenant, what is otherwise there.</summary>
    public Dictionary<string, PolicySettings> Tenants { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var tenant in Tenants.Keys.Where(static name => !TenantId.TryParse(name, out _)))
        {
            yield return new ValidationResult($"{nameof(Tenants)}: '{tenant}' is no name of a tenant.", [nameof(Tenants)]);
        }

        foreach (var (name, settings) in Tenants.Select(static own => ($"{nameof(Tenants)}:{own.Key}", own.Value)).Prepend((nameof(All), All)))
        {
            List<ValidationResult> violations = [];
            Validator.TryValidateObject(settings, new ValidationContext(settings), violations, validateAllProperties: true);
            foreach (var violation in violations)
            {
                yield return new ValidationResult($"{name}: {violation.ErrorMessage}", [name]);
            }
        }
    }
}
