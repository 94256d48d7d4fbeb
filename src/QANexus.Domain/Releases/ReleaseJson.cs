using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.Releases;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(ReleaseState))]
[JsonSerializable(typeof(ReleaseCreated))]
[JsonSerializable(typeof(ReleaseReadinessEvaluated))]
[JsonSerializable(typeof(ReleaseReadinessAchieved))]
[JsonSerializable(typeof(ReleaseActivated))]
[JsonSerializable(typeof(ReleaseFrozen))]
[JsonSerializable(typeof(ReleaseReleased))]
[JsonSerializable(typeof(ReleaseBlocked))]
[JsonSerializable(typeof(ReleaseUnblocked))]
[JsonSerializable(typeof(ReleaseAborted))]
[JsonSerializable(typeof(ReleaseGateOverridden))]
[JsonSerializable(typeof(DeploymentEnabled))]
[JsonSerializable(typeof(DeploymentAborted))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
