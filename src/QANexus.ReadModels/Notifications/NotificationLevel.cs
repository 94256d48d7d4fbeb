using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Notifications;

/// <summary>How much a notification matters, which says how it should reach people.</summary>
[JsonConverter(typeof(UpperSnakeWords<NotificationLevel>))]
internal enum NotificationLevel
{
    /// <summary>On the dashboard.</summary>
    Low,

    /// <summary>By e-mail and on the dashboard.</summary>
    Medium,

    /// <summary>By e-mail and in the chat.</summary>
    High,

    /// <summary>By e-mail, in the chat and by text message.</summary>
    Critical,
}
