using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Requirements;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(RequirementDocument))]
internal sealed partial class RequirementsJson : JsonSerializerContext;
