using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Planning;

/// <summary>What a sprint did with an item.</summary>
[JsonConverter(typeof(UpperSnakeWords<BacklogPlace>))]
internal enum BacklogPlace
{
    /// <summary>It is in a sprint that is planned or under way.</summary>
    Scheduled,

    /// <summary>The sprint is over, and the item is done.</summary>
    Done,

    /// <summary>The sprint is over, and the item is not done.</summary>
    Returned,
}
