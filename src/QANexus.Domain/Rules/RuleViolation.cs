namespace QANexus.Domain.Rules;

/// <summary>A rule of the domain that says no.</summary>
/// <param name="Rule">Its name, the same for ever: <c>sprint.capacity.exceeded</c>.</param>
/// <param name="Message">For people.</param>
public sealed record RuleViolation(string Rule, string Message);
