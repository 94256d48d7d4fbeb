using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Deployment;

/// <summary>Whether a release may be deployed.</summary>
[JsonConverter(typeof(UpperSnakeWords<EnablementState>))]
internal enum EnablementState
{
    /// <summary>Until its time is up.</summary>
    Enabled,
    Revoked,
}
