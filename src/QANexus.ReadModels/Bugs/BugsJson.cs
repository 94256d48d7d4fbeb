using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Bugs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(BugCard))]
internal sealed partial class BugsJson : JsonSerializerContext;
