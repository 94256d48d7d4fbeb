using System.Text.Json.Serialization;
using QANexus.Domain.TestRuns;

namespace QANexus.Api.TestRuns;

/// <summary>How one test ended.</summary>
internal sealed record TestResultBody
{
    public required string TestCaseId { get; init; }

    public string? Name { get; init; }

    [JsonConverter(typeof(OutcomeWord))]
    public required TestOutcome Outcome { get; init; }

    public bool Errored { get; init; }

    public decimal? DurationMs { get; init; }

    public string? ErrorMessage { get; init; }

    public int Attempts { get; init; } = 1;

    public string? Suite { get; init; }

    public NewTestResult ToResult() => new()
    {
        TestCaseId = TestCaseId,
        Name = Name,
        Outcome = Outcome,
        Errored = Errored,
        DurationMs = DurationMs,
        ErrorMessage = ErrorMessage,
        Attempts = Attempts,
        Suite = Suite,
    };
}
