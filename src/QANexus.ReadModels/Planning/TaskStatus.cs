using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Planning;

/// <summary>How far a requirement's task has got. What it does on the board of its sprint, that board shows.</summary>
[JsonConverter(typeof(UpperSnakeWords<TaskStatus>))]
internal enum TaskStatus
{
    /// <summary>No sprint has it.</summary>
    Backlog,

    /// <summary>A sprint that is planned or under way has it.</summary>
    Scheduled,

    /// <summary>A sprint that is over has done it.</summary>
    Done,
}
