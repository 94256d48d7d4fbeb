using QANexus.EventStore.Streams;

namespace QANexus.Api.Authentication;

/// <summary>Somebody who showed a valid token.</summary>
internal sealed class TokenCaller(string actor, IReadOnlyList<TenantGrant> grants) : Caller(actor)
{
    public override bool Holds(Permission permission, TenantId tenant)
    {
        foreach (var grant in grants)
        {
            if (grant.Covers(permission, tenant))
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<Role> RolesIn(TenantId tenant) => grants.Where(grant => grant.IsFor(tenant)).Select(static grant => grant.Role);
}
