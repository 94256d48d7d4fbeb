using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.TestRuns;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(TestRunState))]
[JsonSerializable(typeof(TestResult))]
[JsonSerializable(typeof(TestRunCreated))]
[JsonSerializable(typeof(TestRunStarted))]
[JsonSerializable(typeof(TestResultRecorded))]
[JsonSerializable(typeof(TestRunCompleted))]
[JsonSerializable(typeof(TestRunStopped))]
[JsonSerializable(typeof(TestRunCancelled))]
[JsonSerializable(typeof(TestRunAnalyzed))]
internal sealed partial class TestRunJson : JsonSerializerContext;
