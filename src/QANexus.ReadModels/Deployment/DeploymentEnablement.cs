namespace QANexus.ReadModels.Deployment;

/// <summary>Whether a release may be deployed.</summary>
/// <param name="ReleaseId">Which release.</param>
/// <param name="Version">Its version.</param>
/// <param name="Score">Its confidence score when that was last found.</param>
/// <param name="EnabledAt">Since when.</param>
/// <param name="ExpiresAt">Until when: whoever deploys looks at the time too.</param>
/// <param name="State">ENABLED or REVOKED.</param>
/// <param name="RevokedAt">When it ended.</param>
/// <param name="Reason">Why it ended.</param>
internal sealed record DeploymentEnablement(
    string ReleaseId, string Version, int Score, DateTimeOffset EnabledAt, DateTimeOffset ExpiresAt, EnablementState State = EnablementState.Enabled,
    DateTimeOffset? RevokedAt = null, RevocationReason? Reason = null);
