using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.TestRuns;

/// <summary>A test that did not pass.</summary>
/// <param name="Message">Why, at most <see cref="MaxMessage"/> UTF-16 code units of it.</param>
internal sealed record TestFailure(string TestCaseId, string? Name, TestOutcome Outcome, string? Message)
{
    public const int MaxMessage = 300;
}
