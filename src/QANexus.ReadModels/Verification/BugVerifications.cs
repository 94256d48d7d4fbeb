using System.Collections.Immutable;

namespace QANexus.ReadModels.Verification;

/// <summary>The verifications of a bug's resolutions.</summary>
/// <param name="BugId">Which bug.</param>
/// <param name="State">Of the newest.</param>
/// <param name="Resolutions">The last 20, the newest last.</param>
internal sealed record BugVerifications(string BugId, VerificationState State, ImmutableArray<QaVerification> Resolutions);
