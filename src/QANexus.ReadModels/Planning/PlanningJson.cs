using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Planning;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(FinishedTask))]
internal sealed partial class PlanningJson : JsonSerializerContext;
