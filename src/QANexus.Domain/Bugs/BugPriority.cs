using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Bugs;

/// <summary>How soon a bug is to be fixed, the soonest first.</summary>
[JsonConverter(typeof(UpperSnakeWords<BugPriority>))]
public enum BugPriority
{
    P0,
    P1,
    P2,
    P3,
}
