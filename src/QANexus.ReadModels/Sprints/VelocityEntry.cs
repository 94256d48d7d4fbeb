namespace QANexus.ReadModels.Sprints;

/// <summary>What counts of a sprint: its name, and how it ended.</summary>
internal sealed record VelocityEntry(
    string Name, long CompletedPoints, DateTimeOffset? CompletedAt, long TotalPoints = 0, int CompletedItems = 0, int TotalItems = 0, int CompletionPercentage = 0);
