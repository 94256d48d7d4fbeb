using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Sprints;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(SprintBoardDocument))]
[JsonSerializable(typeof(VelocityEntry))]
[JsonSerializable(typeof(VelocityDocument))]
[JsonSerializable(typeof(SprintBaseline))]
internal sealed partial class SprintsJson : JsonSerializerContext;
