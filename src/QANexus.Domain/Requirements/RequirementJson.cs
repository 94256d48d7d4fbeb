using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.Requirements;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(RequirementState))]
[JsonSerializable(typeof(RequirementCreated))]
[JsonSerializable(typeof(RequirementUpdated))]
[JsonSerializable(typeof(RequirementAnalyzed))]
[JsonSerializable(typeof(RequirementPublished))]
[JsonSerializable(typeof(RequirementMarkedReady))]
[JsonSerializable(typeof(RequirementApproved))]
[JsonSerializable(typeof(RequirementBacklogged))]
[JsonSerializable(typeof(RequirementNeedsRevision))]
[JsonSerializable(typeof(RequirementCompleted))]
[JsonSerializable(typeof(TasksGenerated))]
[JsonSerializable(typeof(FailedToGenerateTasks))]
internal sealed partial class RequirementJson : JsonSerializerContext;
