using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Deployment;

/// <summary>Why a release may not be deployed any more.</summary>
[JsonConverter(typeof(UpperSnakeWords<RevocationReason>))]
internal enum RevocationReason
{
    ReleaseBlocked,
    EvaluationFailed,

    /// <summary>The last check before a deployment failed.</summary>
    DeploymentAborted,
    ReleaseAborted,

    /// <summary>It is out.</summary>
    Released,
}
