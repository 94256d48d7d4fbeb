using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What a release passes through.</summary>
[JsonConverter(typeof(UpperSnakeWords<Gate>))]
public enum Gate
{
    RcsScore,
    TestCoverage,
    CriticalBugs,
    RequirementsReadiness,
    Security,
    HighSeverityBugs,
}
