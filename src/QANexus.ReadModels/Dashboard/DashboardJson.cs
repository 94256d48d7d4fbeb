using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Dashboard;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(DashboardEntry))]
[JsonSerializable(typeof(DashboardDocument))]
internal sealed partial class DashboardJson : JsonSerializerContext;
