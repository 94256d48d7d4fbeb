using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>The reasons, in the order in which they are given.</summary>
[JsonConverter(typeof(UpperSnakeWords<ReadinessReasonCode>))]
public enum ReadinessReasonCode
{
    CriticalBugs,

    /// <summary>Open bugs of priority P0, whatever their severity.</summary>
    P0Bugs,
    RcsTooLow,
    TestPassRateLow,

    /// <summary>Given only beside <see cref="RcsTooLow"/>.</summary>
    RequirementsNotReady,

    /// <summary>Expected tests have no result.</summary>
    TestRunIncomplete,

    /// <summary>A source could not answer or has no data.</summary>
    DataUnavailable,

    /// <summary>To know about: bugs that nobody has triaged count as medium ones. It stops nothing.</summary>
    UntriagedBugs,
}
