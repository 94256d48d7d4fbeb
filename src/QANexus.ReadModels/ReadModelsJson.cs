using System.Text.Json.Serialization;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Streams;

namespace QANexus.ReadModels;

/// <summary>How the documents of the views are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(StreamListEntry))]
[JsonSerializable(typeof(ActivityDay))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(RequirementHistory))]
[JsonSerializable(typeof(ReadinessEntry))]
[JsonSerializable(typeof(ReadinessDocument))]
internal sealed partial class ReadModelsJson : JsonSerializerContext;
