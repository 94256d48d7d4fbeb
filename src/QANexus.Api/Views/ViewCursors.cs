using System.Text;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.Api.Views;

/// <summary>Carries the place where a page of a view ended to the next one, good for the same tenant and view only.</summary>
public sealed class ViewCursors(ISigningKeys keys)
{
    internal async ValueTask<string> CreateAsync(TenantId tenant, SubscriptionName view, ViewId last, CancellationToken cancellationToken) =>
        SignedToken.Create(await keys.GetAsync(refresh: false, cancellationToken), tenant, Purpose(view), Encoding.ASCII.GetBytes(last.Value));

    /// <summary>The id that <paramref name="cursor"/> names, or null if it was not made for this tenant and view.</summary>
    internal async ValueTask<ViewId?> ReadAsync(TenantId tenant, SubscriptionName view, string cursor, CancellationToken cancellationToken) =>
        SignedToken.TryRead(await keys.GetAsync(refresh: false, cancellationToken), tenant, Purpose(view), cursor, out var payload)
        || SignedToken.TryRead(await keys.GetAsync(refresh: true, cancellationToken), tenant, Purpose(view), cursor, out payload)
            ? ViewId.Parse(Encoding.ASCII.GetString(payload))
            : null;

    private static string Purpose(SubscriptionName view) => $"view\n{view}";
}
