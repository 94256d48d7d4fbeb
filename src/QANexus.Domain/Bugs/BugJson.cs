using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.Bugs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(BugState))]
[JsonSerializable(typeof(BugCreated))]
[JsonSerializable(typeof(BugTriaged))]
[JsonSerializable(typeof(BugTriageUpdated))]
[JsonSerializable(typeof(BugWorkStarted))]
[JsonSerializable(typeof(BugResolved))]
[JsonSerializable(typeof(BugVerified))]
[JsonSerializable(typeof(BugClosed))]
[JsonSerializable(typeof(BugReopened))]
[JsonSerializable(typeof(BugDeferred))]
[JsonSerializable(typeof(BugInvalidated))]
internal sealed partial class BugJson : JsonSerializerContext;
