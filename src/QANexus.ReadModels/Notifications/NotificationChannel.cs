using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Notifications;

/// <summary>A way to people.</summary>
[JsonConverter(typeof(UpperSnakeWords<NotificationChannel>))]
internal enum NotificationChannel
{
    Dashboard,
    Email,
    Chat,
    Sms,
}
