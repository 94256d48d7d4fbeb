using System.Collections.Immutable;

namespace QANexus.ReadModels.Planning;

/// <summary>A sprint's items in one document of the backlog.</summary>
/// <param name="EndedAt">When the sprint ended; nothing while it is planned or under way.</param>
/// <param name="Items">The items.</param>
internal sealed record SprintPlacement(DateTimeOffset? EndedAt, ImmutableArray<PlacedItem> Items);
