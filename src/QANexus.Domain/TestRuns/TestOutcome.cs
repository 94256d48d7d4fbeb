using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestRuns;

/// <summary>How a test ended.</summary>
[JsonConverter(typeof(UpperSnakeWords<TestOutcome>))]
public enum TestOutcome
{
    Passed,
    Failed,

    /// <summary>It was tried and could not be carried out; it counts as executed.</summary>
    Blocked,

    /// <summary>It was left out on purpose; it does not count as executed.</summary>
    Skipped,
}
