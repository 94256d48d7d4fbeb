using QANexus.Domain.Sprints;

namespace QANexus.Api.Sprints;

/// <summary>The lane that an item goes to.</summary>
internal sealed record MoveItemBody
{
    public required SprintItemStatus Status { get; init; }
}
