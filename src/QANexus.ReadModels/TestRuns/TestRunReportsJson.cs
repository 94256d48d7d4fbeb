using System.Text.Json.Serialization;

namespace QANexus.ReadModels.TestRuns;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(TestRunReport))]
internal sealed partial class TestRunReportsJson : JsonSerializerContext;
