using QANexus.Domain.Actors;

namespace QANexus.ReadModels.Deployment;

/// <summary>The newest request to approve the deployment of a release.</summary>
/// <param name="ReleaseId">Which release.</param>
/// <param name="Version">Its version.</param>
/// <param name="Score">Its confidence score.</param>
/// <param name="AssignedTo">Who decides.</param>
/// <param name="RequestedAt">Since when it waits.</param>
/// <param name="DueBy">By when it has to be decided: the score says nothing after that.</param>
/// <param name="State">What became of it.</param>
/// <param name="DecidedAt">When that was.</param>
/// <param name="DecidedBy">Who decided, where somebody did.</param>
internal sealed record DeploymentApproval(
    string ReleaseId, string Version, int Score, Role AssignedTo, DateTimeOffset RequestedAt, DateTimeOffset DueBy,
    ApprovalState State = ApprovalState.Requested, DateTimeOffset? DecidedAt = null, string? DecidedBy = null);
