using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestRuns;

/// <summary>Where a test run is in its life.</summary>
[JsonConverter(typeof(UpperSnakeWords<TestRunStatus>))]
public enum TestRunStatus
{
    Created,
    Running,
    Completed,
    Stopped,
    Analyzed,
    Cancelled,
}
