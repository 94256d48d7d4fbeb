using System.Globalization;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>A view in one of its versions, of which a rebuild makes the next.</summary>
/// <param name="View">The view.</param>
/// <param name="Number">The version, from 1.</param>
internal readonly record struct ViewVersion(SubscriptionName View, long Number)
{
    /// <summary>Between the view and the number in <see cref="StorageKey"/>; no name of a view has it.</summary>
    public const char Separator = '~';

    /// <summary>What its documents are kept under: <c>stream-list</c>, <c>stream-list~2</c>.</summary>
    public string StorageKey => Number == 1 ? View.Value : string.Create(CultureInfo.InvariantCulture, $"{View}{Separator}{Number}");
}
