using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>The lane that an item is in. On the board an item moves freely.</summary>
[JsonConverter(typeof(UpperSnakeWords<SprintItemStatus>))]
public enum SprintItemStatus
{
    Backlog,
    Todo,
    InProgress,
    CodeReview,
    ReadyForQa,
    InTesting,
    Done,
}
