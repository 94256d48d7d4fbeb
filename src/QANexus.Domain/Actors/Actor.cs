using System.Collections.Immutable;
using QANexus.Domain.Words;

namespace QANexus.Domain.Actors;

/// <summary>Who asks for something.</summary>
/// <param name="Id">As the token says.</param>
/// <param name="Roles">In this tenant.</param>
public sealed record Actor(string Id, ImmutableArray<Role> Roles)
{
    /// <summary>Whether the actor may decide what needs an engineering manager.</summary>
    public bool IsManager => Roles.Contains(Role.Em) || Roles.Contains(Role.OrgAdmin);

    /// <summary>The word of the first of <paramref name="wanted"/> that the actor has; what the actor is at all where it has none of them.</summary>
    public string RoleAmong(params ReadOnlySpan<Role> wanted)
    {
        foreach (var role in wanted)
        {
            if (Roles.Contains(role))
            {
                return Word.Of(role);
            }
        }

        return Word.Of(Roles.IsDefaultOrEmpty ? Role.Viewer : Roles.Max());
    }
}
