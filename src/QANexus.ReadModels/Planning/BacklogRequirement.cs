using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Planning;

/// <summary>A requirement that waits in the backlog.</summary>
internal sealed record BacklogRequirement(string Id, string Title, RequirementPriority Priority, RequirementType Type, decimal? Score);
