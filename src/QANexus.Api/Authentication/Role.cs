namespace QANexus.Api.Authentication;

/// <summary>What somebody is in a tenant. Tokens name roles in upper case: <c>ORG_ADMIN</c>.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Develops.</summary>
    Dev,

    /// <summary>Tests.</summary>
    Qa,

    /// <summary>Manages the product.</summary>
    Pm,

    /// <summary>Manages engineering.</summary>
    Em,

    /// <summary>Administers the organisation.</summary>
    OrgAdmin,

    /// <summary>A program that appends events, keeps snapshots of its own and imports test reports.</summary>
    Service,
}
