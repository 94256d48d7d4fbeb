using System.Collections.Immutable;
using System.Globalization;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Activity;

/// <summary>The view <c>activity</c>: how many events of each type occurred on each day, over all of a tenant's streams.</summary>
public sealed class DailyActivity() : CrossStreamProjection<ActivityDay>(Name, ReadModelsJson.Default.ActivityDay, eventTypes: null)
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("activity");

    /// <summary>Only the envelope is looked at, which a redaction leaves as it is.</summary>
    public override bool KeepsEventData => false;

    /// <inheritdoc/>
    protected override IEnumerable<ViewId> DocumentsOf(RecordedEvent e) =>
        [ViewId.Parse(e.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    protected override ActivityDay Apply(ViewId id, ActivityDay? document, RecordedEvent e)
    {
        var types = document?.Types.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
        return new ActivityDay(
            id.Value, (document?.Total ?? 0) + 1, types.SetItem(e.Type.Value, types.GetValueOrDefault(e.Type.Value) + 1));
    }

    /// <inheritdoc/>
    protected override ActivityDay? Redact(ViewId id, ActivityDay? document, RecordedEvent e) => document;
}
