using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Requirements;

/// <summary>Where a requirement is in its life.</summary>
[JsonConverter(typeof(UpperSnakeWords<RequirementStatus>))]
public enum RequirementStatus
{
    Draft,
    Published,
    Ready,
    Approved,
    Backlogged,
    NeedsRevision,

    /// <summary>All its tasks are done.</summary>
    Completed,
}
