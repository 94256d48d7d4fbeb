using QANexus.Api.Authentication;
using QANexus.Api.Requests;
using QANexus.Domain.Actors;
using QANexus.Domain.Words;

namespace QANexus.Api.Commanding;

/// <summary>Callers as the domain knows them.</summary>
internal static class Actors
{
    /// <summary>Roles are the same words on both sides. A SERVICE is nobody in the domain: what it may do, its permissions say.</summary>
    public static Actor Of(AuthorizedTenant tenant) => new(
        tenant.Caller.Actor, [.. RolesOf(tenant.Caller.RolesIn(tenant.Id))]);

    private static IEnumerable<Domain.Actors.Role> RolesOf(IEnumerable<Authentication.Role> roles)
    {
        foreach (var role in roles.Distinct())
        {
            if (Word.TryRead<Domain.Actors.Role>(RolePermissions.NameOf(role), out var known))
            {
                yield return known;
            }
        }
    }
}
