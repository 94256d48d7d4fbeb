using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Deployment;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(DeploymentEnablement))]
[JsonSerializable(typeof(DeploymentApproval))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
