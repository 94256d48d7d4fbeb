using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestReports;

/// <summary>How a tool says a test ended.</summary>
[JsonConverter(typeof(UpperSnakeWords<ReportedOutcome>))]
public enum ReportedOutcome
{
    Passed,

    /// <summary>An assertion failed.</summary>
    Failed,

    /// <summary>The test itself broke: an error, a time-out, an abort, or an outcome that nobody knows.</summary>
    Errored,

    /// <summary>It was not run, or came to no conclusion.</summary>
    Skipped,
}
