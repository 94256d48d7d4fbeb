namespace QANexus.ReadModels.Planning;

/// <summary>Where a requirement's task is.</summary>
/// <param name="Id">The task's.</param>
/// <param name="Status">How far it has got.</param>
/// <param name="SprintId">The sprint that has planned or done it; nothing in the backlog.</param>
internal sealed record TaskPlace(string Id, TaskStatus Status, string? SprintId);
