using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Which version of a tenant's views is in force, and which is being built beside it.</summary>
internal interface IViewVersions
{
    /// <summary>What the store says now.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<TenantViews> LoadAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns>False where somebody else changed it meanwhile.</returns>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<bool> TrySaveAsync(TenantId tenant, TenantViews views, CancellationToken cancellationToken);
}

/// <summary>The versions of a tenant's views. One that is not named is in its first version.</summary>
internal sealed record TenantViews(IReadOnlyDictionary<string, TenantViews.Entry> Views, string? Tag)
{
    public static TenantViews None { get; } = new(new Dictionary<string, Entry>(StringComparer.Ordinal), Tag: null);

    public ViewVersion Active(SubscriptionName view) => new(view, Views.TryGetValue(view.Value, out var entry) ? entry.Active : 1);

    public ViewVersion? Building(SubscriptionName view) =>
        Views.TryGetValue(view.Value, out var entry) && entry.Building is { } number ? new ViewVersion(view, number) : null;

    public TenantViews With(SubscriptionName view, long active, long? building) =>
        this with { Views = new Dictionary<string, Entry>(Views, StringComparer.Ordinal) { [view.Value] = new Entry(active, building) } };

    internal sealed record Entry(long Active, long? Building);
}
