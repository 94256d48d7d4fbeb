using System.Text.Json.Serialization;
using QANexus.Testing.RequestUnits;

namespace QANexus.Benchmarks.RequestUnits;

/// <summary>The JSON of the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<RequestUnitRow>))]
internal sealed partial class RequestUnitJson : JsonSerializerContext;
