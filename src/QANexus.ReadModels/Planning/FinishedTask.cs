namespace QANexus.ReadModels.Planning;

/// <summary>A task of a requirement that was done when its sprint was completed.</summary>
/// <param name="TaskId">Which task.</param>
/// <param name="RequirementId">Of which requirement.</param>
/// <param name="SprintId">In which sprint.</param>
/// <param name="CompletedAt">When that was completed.</param>
internal sealed record FinishedTask(string TaskId, string RequirementId, string SprintId, DateTimeOffset CompletedAt);
