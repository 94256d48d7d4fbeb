using System.Text;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Feeds;

/// <summary>Carries a place in a tenant's feed to the next request, good for that tenant only.</summary>
public sealed class FeedCursors(ISigningKeys keys)
{
    private const string Purpose = "feed";

    /// <summary>Something that makes cursors of <paramref name="tenant"/> without waiting.</summary>
    internal async ValueTask<FeedCursorWriter> ForTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        new(await keys.GetAsync(refresh: false, cancellationToken), tenant);

    /// <summary>The place that <paramref name="cursor"/> names, or null if it was not made for this tenant.</summary>
    internal async ValueTask<FeedPosition?> ReadAsync(TenantId tenant, string cursor, CancellationToken cancellationToken) =>
        SignedToken.TryRead(await keys.GetAsync(refresh: false, cancellationToken), tenant, Purpose, cursor, out var payload)
        || SignedToken.TryRead(await keys.GetAsync(refresh: true, cancellationToken), tenant, Purpose, cursor, out payload)
            ? FeedPosition.TryParse(Encoding.ASCII.GetString(payload), out var position) ? position : null
            : null;

    /// <summary>Makes cursors of one tenant's feed.</summary>
    internal readonly record struct FeedCursorWriter(SigningKeyRing Keys, TenantId Tenant)
    {
        public string Format(FeedPosition position) => SignedToken.Create(Keys, Tenant, Purpose, Encoding.ASCII.GetBytes(position.ToString()));
    }
}
