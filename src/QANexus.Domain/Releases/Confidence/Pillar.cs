using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>The four things that confidence stands on.</summary>
[JsonConverter(typeof(UpperSnakeWords<Pillar>))]
public enum Pillar
{
    QualityTesting,
    Bugs,
    RequirementsPlanning,
    SecurityOps,
}
