using System.Text.Json.Serialization;
using QANexus.Domain.TestRuns;

namespace QANexus.Api.TestRuns;

/// <summary>How one test ended.</summary>
internal sealed record TestResultBody
{
    public required string TestCaseId { get; init; }

    public string? Name { get; set; }

    [JsonConverter(typeof(OutcomeWord))]
    public required TestOutcome Outcome { get; init; }

    public bool Errored { get; set; }

    public decimal? DurationMs { get; set; }

    public string? ErrorMessage { get; set; }

    public int Attempts { get; set; } = 1;

    public string? Suite { get; set; }

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
