using System.Text.Json.Serialization;

namespace QANexus.ReadModels.Notifications;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(Notification))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
