using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Bugs;

/// <summary>Where a bug is in its life.</summary>
[JsonConverter(typeof(UpperSnakeWords<BugStatus>))]
public enum BugStatus
{
    Open,
    Triaged,
    InProgress,
    Resolved,
    Verified,
    Closed,
    Deferred,
    Invalid,
}
