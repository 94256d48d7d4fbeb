using System.Text.RegularExpressions;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Releases;

/// <summary>A version as Semantic Versioning 2.0.0 has it.</summary>
public static partial class ReleaseVersion
{
    private const int MaxLength = 100;

    /// <summary><c>release.version.format</c>.</summary>
    public static RuleViolation? FindViolation(string? version) =>
        version is { Length: <= MaxLength } && SemVer().IsMatch(version)
            ? null
            : new RuleViolation("release.version.format", $"The version must be one of Semantic Versioning 2.0.0, 1.4.0-rc.1 for one, of at most {MaxLength} characters.");

    // The expression that semver.org suggests; \z, because $ would let a line feed through.
    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+([0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*))?\z",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SemVer();
}
