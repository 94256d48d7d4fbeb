using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.Sprints;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(SprintState))]
[JsonSerializable(typeof(SprintCreated))]
[JsonSerializable(typeof(ItemAddedToSprint))]
[JsonSerializable(typeof(ItemRemovedFromSprint))]
[JsonSerializable(typeof(ItemStatusChanged))]
[JsonSerializable(typeof(SprintStarted))]
[JsonSerializable(typeof(SprintCompleted))]
[JsonSerializable(typeof(SprintCancelled))]
internal sealed partial class SprintJson : JsonSerializerContext;
