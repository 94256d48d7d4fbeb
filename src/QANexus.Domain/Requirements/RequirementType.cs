using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Requirements;

/// <summary>What kind of requirement.</summary>
[JsonConverter(typeof(UpperSnakeWords<RequirementType>))]
public enum RequirementType
{
    Functional,
    NonFunctional,
    Bug,
    Feature,
    Enhancement,
}
