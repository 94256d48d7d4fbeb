using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Readiness;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(ScoreHistory))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
