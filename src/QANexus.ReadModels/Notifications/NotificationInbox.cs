using System.Globalization;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Notifications;

/// <summary>
/// The view <c>notifications</c>: one document per notification, the newest first. It says who should know what; sending it is for whoever follows the view.
/// </summary>
internal sealed class NotificationInbox() : CrossStreamProjection<Notification>(Name, NotificationsJson.Default.Notification, NotificationRules.EventTypes)
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("notifications");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => NotificationRules.AggregateTypes.Contains(aggregateType);

    /// <summary>Made of the event's envelope alone, which stays when its data go.</summary>
    protected override IEnumerable<ViewId> DocumentsOf(RecordedEvent e) =>
        Enumerable.Range(0, e.Redaction is null ? NotificationRules.For(e).Count : NotificationRules.MostOf(e.Type)).Select(n => IdOf(e, n));

    /// <inheritdoc/>
    protected override Notification Apply(ViewId id, Notification? document, RecordedEvent e) =>
        NotificationRules.For(e).Where((_, n) => IdOf(e, n) == id).Single();

    /// <inheritdoc/>
    protected override Notification? Redact(ViewId id, Notification? document, RecordedEvent e) => null;

    /// <summary>Ids are read in ascending order, so the time counts down.</summary>
    private static ViewId IdOf(RecordedEvent e, int n) => ViewId.Parse(string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - e.StoredAt.UtcTicks:D19}.{e.Stream}.{e.Version}.{n}"));
}
