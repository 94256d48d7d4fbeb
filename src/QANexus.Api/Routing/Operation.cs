using QANexus.Api.Authentication;

namespace QANexus.Api.Routing;

/// <summary>One thing that the API does: a method on a route, and what its caller must be allowed to do.</summary>
/// <param name="Name">Its name, which is that of its function and of the operation in the OpenAPI document.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The route template, one of <see cref="Routes"/>.</param>
/// <param name="Permission">What its caller must hold in the tenant of the route; null only where no tenant's data is touched.</param>
/// <param name="NeedsCaller">Without a permission: it is for callers who are known, whoever they are, and not for everybody.</param>
public sealed record Operation(string Name, string Method, string Route, Permission? Permission, bool NeedsCaller = false)
{
    /// <summary>Whether it answers with an event stream where its caller asks for one.</summary>
    public bool CanBeLive { get; init; }
}
