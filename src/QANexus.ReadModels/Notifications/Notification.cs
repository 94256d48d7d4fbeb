using System.Collections.Immutable;
using QANexus.Domain.Actors;

namespace QANexus.ReadModels.Notifications;

/// <summary>Something that somebody should know.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Roles">Who should know, by role; none where it is for a person.</param>
/// <param name="Person">The one who should know, where it is for a person.</param>
/// <param name="Text">One sentence.</param>
internal sealed record Notification(NotificationKind Kind, NotificationLevel Level, ImmutableArray<Role> Roles, string Text, string? Person = null)
{
    /// <summary>What kind of aggregate it is about.</summary>
    public string AggregateType { get; init; } = string.Empty;

    /// <summary>Which of them.</summary>
    public string AggregateId { get; init; } = string.Empty;

    /// <summary>The event that says so.</summary>
    public string EventId { get; init; } = string.Empty;

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The ways on which it should reach them.</summary>
    public ImmutableArray<NotificationChannel> Channels => Level switch
    {
        NotificationLevel.Critical => [NotificationChannel.Email, NotificationChannel.Chat, NotificationChannel.Sms],
        NotificationLevel.High => [NotificationChannel.Email, NotificationChannel.Chat],
        NotificationLevel.Medium => [NotificationChannel.Email, NotificationChannel.Dashboard],
        _ => [NotificationChannel.Dashboard],
    };
}
