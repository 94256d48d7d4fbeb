using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Verification;

/// <summary>What became of a fix that somebody was to verify.</summary>
[JsonConverter(typeof(UpperSnakeWords<VerificationState>))]
internal enum VerificationState
{
    Pending,

    /// <summary>The bug is gone.</summary>
    Verified,

    /// <summary>The bug is there again.</summary>
    Reopened,

    /// <summary>It was no bug.</summary>
    Withdrawn,
}
