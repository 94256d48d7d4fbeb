using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Bugs;

/// <summary>The columns of the board.</summary>
[JsonConverter(typeof(UpperSnakeWords<BugColumn>))]
internal enum BugColumn
{
    New,
    Triaged,
    InProgress,
    Resolved,
}
