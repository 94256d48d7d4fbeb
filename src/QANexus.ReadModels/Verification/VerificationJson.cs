using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Verification;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(BugVerifications))]
internal sealed partial class VerificationJson : JsonSerializerContext;
