using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases;

/// <summary>Where a release is in its life.</summary>
[JsonConverter(typeof(UpperSnakeWords<ReleaseStatus>))]
public enum ReleaseStatus
{
    Planned,
    Active,
    Frozen,
    Released,
    Blocked,
    Aborted,
}
