namespace QANexus.Domain.Rules;

/// <summary>What a text must be to say something.</summary>
internal static class Text
{
    public static RuleViolation? Require(string? text, string rule, string what) =>
        string.IsNullOrWhiteSpace(text) ? new RuleViolation(rule, $"{what} must not be blank.") : null;
}
