using QANexus.Domain.Rules;

namespace QANexus.Domain.Releases;

/// <summary>What a release begins with.</summary>
/// <param name="Version">Unique in the tenant, which a reservation sees to.</param>
/// <param name="Environment">Where it goes; nothing is assumed.</param>
public sealed record NewRelease(string Version, string Environment)
{
    /// <summary><c>release.version.format</c>, <c>release.environment.required</c>, in this order.</summary>
    public RuleViolation? FindViolation() =>
        ReleaseVersion.FindViolation(Version) ?? Text.Require(Environment, "release.environment.required", "The environment");
}
