namespace QANexus.Api.Authentication;

/// <summary>The words that tokens grant roles with.</summary>
public static class RoleNames
{
    /// <summary>Every role's name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. RolePermissions.Names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="claim"/> grants something: <c>{tenant}:{ROLE}</c>, or <c>*:{ROLE}</c> for every tenant.</summary>
    public static bool IsGrant(string claim) => TenantGrant.TryParse(claim, out _);
}
