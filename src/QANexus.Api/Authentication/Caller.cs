using QANexus.EventStore.Streams;

namespace QANexus.Api.Authentication;

/// <summary>Somebody whose identity is established.</summary>
/// <param name="actor">The name that their appends are recorded under.</param>
public abstract class Caller(string actor)
{
    /// <summary>The name that their appends are recorded under.</summary>
    public string Actor { get; } = actor;

    /// <summary>Whether they hold <paramref name="permission"/> in <paramref name="tenant"/>.</summary>
    public abstract bool Holds(Permission permission, TenantId tenant);

    /// <summary>What they are in <paramref name="tenant"/>: some rules of the domain ask for it.</summary>
    public abstract IEnumerable<Role> RolesIn(TenantId tenant);
}
