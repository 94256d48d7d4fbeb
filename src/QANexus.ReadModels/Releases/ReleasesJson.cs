using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Releases;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(ReleaseCockpit))]
internal sealed partial class ReleasesJson : JsonSerializerContext;
