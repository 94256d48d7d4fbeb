using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Requirements;

/// <summary>A requirement as lists and its own page show it.</summary>
/// <param name="Requirement">The requirement with everything in it.</param>
/// <param name="UpdatedBy">Who did last what is in it, if known.</param>
internal sealed record RequirementDocument(RequirementState Requirement, string? UpdatedBy)
{
    /// <summary>How its score is shown: HIGH from 80, MEDIUM from 60.</summary>
    public QualityBand? Band => Requirement.Rqs?.Band;

    /// <summary>Whether it counts as ready when a release is judged.</summary>
    public bool CountsAsReady => RequirementLife.CountsAsReady(Requirement.Status);
}
