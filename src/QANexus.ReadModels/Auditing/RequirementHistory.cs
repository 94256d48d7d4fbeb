using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Auditing;

/// <summary>What changed in a requirement.</summary>
/// <param name="Changes">The last <see cref="MaxChanges"/>, oldest first.</param>
/// <param name="Total">How many there were in all.</param>
/// <param name="Current">What the next change is compared with.</param>
internal sealed record RequirementHistory(ImmutableArray<RequirementChange> Changes, int Total, RequirementState Current)
{
    public const int MaxChanges = 100;
}
