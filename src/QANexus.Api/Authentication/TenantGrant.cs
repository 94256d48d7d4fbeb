using QANexus.EventStore.Streams;

namespace QANexus.Api.Authentication;

/// <summary>One role in one tenant, or in every one, as a token's claim grants it: <c>acme:QA</c> or <c>*:ORG_ADMIN</c>.</summary>
/// <param name="Tenant">Where; null for every tenant.</param>
/// <param name="Role">What.</param>
internal readonly record struct TenantGrant(TenantId? Tenant, Role Role)
{
    private const string EveryTenant = "*";

    /// <summary>Whether <paramref name="claim"/> grants anything here. A claim that does not is another application's, and means nothing.</summary>
    public static bool TryParse(string claim, out TenantGrant grant)
    {
        grant = default;
        var separator = claim.IndexOf(':', StringComparison.Ordinal);
        if (separator <= 0 || !RolePermissions.TryParse(claim[(separator + 1)..], out var role))
        {
            return false;
        }

        var name = claim[..separator];
        if (name == EveryTenant)
        {
            grant = new TenantGrant(Tenant: null, role);
            return true;
        }

        var isTenant = TenantId.TryParse(name, out var tenant);
        grant = isTenant ? new TenantGrant(tenant, role) : default;
        return isTenant;
    }

    public bool Covers(Permission permission, TenantId tenant) => IsFor(tenant) && RolePermissions.Holds(Role, permission);

    public bool IsFor(TenantId tenant) => Tenant is not { } granted || granted == tenant;
}
