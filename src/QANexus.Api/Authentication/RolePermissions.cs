using System.Collections.Frozen;

namespace QANexus.Api.Authentication;

/// <summary>Which role may do what: the one table of it.</summary>
internal static class RolePermissions
{
    private static readonly Role[] Everybody = Enum.GetValues<Role>();

    /// <summary>Who holds each permission.</summary>
    private static readonly FrozenDictionary<Permission, Role[]> Holders = new Dictionary<Permission, Role[]>
    {
        [Permission.ReadEvents] = Everybody,
        [Permission.AppendEvents] = [Role.Service, Role.OrgAdmin],
        [Permission.KeepSnapshots] = [Role.Service, Role.OrgAdmin],
        [Permission.RedactEvents] = [Role.OrgAdmin],
        [Permission.ClearTenant] = [Role.OrgAdmin],
        [Permission.ReadViews] = Everybody,
        [Permission.ReadSubscriptions] = Everybody,
        [Permission.ManageSubscriptions] = [Role.Em, Role.OrgAdmin],
        [Permission.EditRequirements] = [Role.Pm, Role.OrgAdmin],
        [Permission.AnalyzeRequirements] = [Role.Pm, Role.Service, Role.OrgAdmin],
        [Permission.ApproveRequirements] = [Role.Pm, Role.Em, Role.OrgAdmin],
        [Permission.PlanSprints] = [Role.Em, Role.Pm, Role.OrgAdmin],
        [Permission.MoveItems] = [Role.Dev, Role.Qa, Role.Em, Role.OrgAdmin],
        [Permission.PlanReleases] = [Role.Pm, Role.Em, Role.OrgAdmin],
        [Permission.EvaluateReleases] = Everybody,
        [Permission.SteerReleases] = [Role.Em, Role.OrgAdmin],
        [Permission.ReportBugs] = [Role.Dev, Role.Qa, Role.Pm, Role.Em, Role.Service, Role.OrgAdmin],
        [Permission.JudgeBugs] = [Role.Qa, Role.Em, Role.OrgAdmin],
        [Permission.ResolveBugs] = [Role.Dev, Role.OrgAdmin],
        [Permission.RunTests] = [Role.Qa, Role.Service, Role.OrgAdmin],
        [Permission.ImportTestReports] = [Role.Qa, Role.Service, Role.OrgAdmin],
    }.ToFrozenDictionary();

    /// <summary>The roles by their names.</summary>
    public static readonly FrozenDictionary<string, Role> Names = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        ["VIEWER"] = Role.Viewer,
        ["DEV"] = Role.Dev,
        ["QA"] = Role.Qa,
        ["PM"] = Role.Pm,
        ["EM"] = Role.Em,
        ["ORG_ADMIN"] = Role.OrgAdmin,
        ["SERVICE"] = Role.Service,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word that tokens have for the role.</summary>
    public static string NameOf(Role role) => Names.First(pair => pair.Value == role).Key;

    public static bool Holds(Role role, Permission permission) =>
        Holders.TryGetValue(permission, out var holders) && holders.Contains(role);

    /// <summary>The role of this name; names are compared to the letter.</summary>
    public static bool TryParse(string name, out Role role) => Names.TryGetValue(name, out role);
}
