using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Streams;

/// <summary>Turns stream positions into ETags and recognises its own.</summary>
public sealed class PositionTags(ISigningKeys keys)
{
    /// <summary>Something that makes ETags for streams of <paramref name="tenant"/> without waiting: to be had before a write whose answer needs one.</summary>
    internal async ValueTask<PositionTagger> ForTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        new(await keys.GetAsync(refresh: false, cancellationToken), tenant);

    /// <summary>Whether this store, in any of its processes, gave out <paramref name="claim"/> for this stream. A false answer only costs a look-up.</summary>
    internal async ValueTask<bool> IsGenuineAsync(PositionClaim claim, TenantId tenant, StreamId stream, CancellationToken cancellationToken) =>
        claim.Tag is { } tag
        && (PositionTag.Verify(await keys.GetAsync(refresh: false, cancellationToken), tenant, stream, claim.Position, tag)
            || PositionTag.Verify(await keys.GetAsync(refresh: true, cancellationToken), tenant, stream, claim.Position, tag));

    /// <summary>Whether <c>If-None-Match</c> names the position. Keys may have been rotated since, so that signatures are verified, not compared.</summary>
    internal async ValueTask<bool> IsKnownAsync(
        IHeaderDictionary headers, TenantId tenant, StreamId stream, StreamPosition position, CancellationToken cancellationToken)
    {
        if (!EntityTagHeaderValue.TryParseList(headers.IfNoneMatch, out var known))
        {
            return false;
        }

        foreach (var candidate in known)
        {
            if (PositionClaim.TryParseQuoted(candidate.Tag, out var claim) && claim.Position == position
                && await IsGenuineAsync(claim, tenant, stream, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Makes ETags of one tenant's stream positions.</summary>
internal readonly record struct PositionTagger(SigningKeyRing Keys, TenantId Tenant)
{
    /// <summary><c>"version.commit.tag"</c>, quotes included.</summary>
    public string Format(StreamId stream, StreamPosition position) => $"\"{position}.{PositionTag.Create(Keys, Tenant, stream, position)}\"";
}
