namespace QANexus.Domain.Sprints.Planning;

/// <summary>A requirement as sprint planning sees it.</summary>
/// <param name="RequirementId">Which requirement.</param>
/// <param name="Version">The event up to which it is described.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">Its content.</param>
/// <param name="Priority">The same word as the requirement's: CRITICAL stays CRITICAL.</param>
/// <param name="QualityScore">Of its present text; null where that was not analysed.</param>
/// <param name="IsReady">The requirement's own rule: approved at a score that the tenant asks for.</param>
public sealed record SprintCandidate(
    string RequirementId, long Version, string Title, string Description, SprintItemPriority Priority, decimal? QualityScore, bool IsReady)
{
    /// <summary>Points where nobody has estimated any.</summary>
    public const int UnestimatedPoints = 8;

    /// <summary>As an item that a sprint can take.</summary>
    /// <param name="storyPoints">As estimated.</param>
    public NewSprintItem ToItem(int storyPoints = UnestimatedPoints) => new()
    {
        Id = RequirementId, Title = Title, StoryPoints = storyPoints, Priority = Priority, Type = SprintItemType.Feature, RequirementId = RequirementId,
        RqsScore = QualityScore,
    };

    /// <summary>As something that a plan can choose.</summary>
    /// <inheritdoc cref="ToItem" path="/param"/>
    public SprintPlan.Candidate ToPlan(int storyPoints = UnestimatedPoints) => new(RequirementId, Priority, SprintItemType.Feature, storyPoints, QualityScore);
}
