using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.TestRuns;

/// <summary>Results of a run: one, or several in <c>results</c> that are recorded all or none.</summary>
internal sealed record RecordResultsBody
{
    public ImmutableArray<TestResultBody>? Results { get; set; }

    public string? TestCaseId { get; set; }

    public string? Name { get; set; }

    [JsonConverter(typeof(OutcomeWord))]
    public TestOutcome? Outcome { get; set; }

    public bool? Errored { get; set; }

    public decimal? DurationMs { get; set; }

    public string? ErrorMessage { get; set; }

    public int? Attempts { get; set; }

    public string? Suite { get; set; }

    /// <summary>Records them, or says that the body is neither the one form nor the other.</summary>
    public Decision Record(TestRunState run) => (Results, One()) switch
    {
        ({ IsEmpty: false } several, null) when !HasMembersOfOne => run.Record([.. several.Select(static result => result.ToResult())]),
        (null, { } one) => run.Record(one.ToResult()),
        _ => Decision.Violates("testrun.result.case.required", "The body is one result, with testCaseId and outcome, or has several in results."),
    };

    private bool HasMembersOfOne => this != new RecordResultsBody { Results = Results };

    private TestResultBody? One() => TestCaseId is { } id && Outcome is { } outcome
        ? new TestResultBody
        {
            TestCaseId = id,
            Name = Name,
            Outcome = outcome,
            Errored = Errored ?? false,
            DurationMs = DurationMs,
            ErrorMessage = ErrorMessage,
            Attempts = Attempts ?? 1,
            Suite = Suite,
        }
        : null;
}
