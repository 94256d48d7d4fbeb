using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Readiness;

/// <summary>What a release can come to that auditors ask for.</summary>
[JsonConverter(typeof(UpperSnakeWords<MilestoneName>))]
internal enum MilestoneName
{
    /// <summary>It became ready, having not been.</summary>
    ReleaseReady,
}
