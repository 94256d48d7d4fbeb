using QANexus.Api.Authentication;
using QANexus.Api.Routing;

namespace QANexus.Api.Tests.Authentication;

/// <summary>Who may ask for what, role by role: the matrix of the domain's description, and what an administrator and a program may beside it.</summary>
public sealed class CommandPermissionTests
{
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["create-requirement"] = "PM", ["update-requirement"] = "PM", ["publish-requirement"] = "PM", ["ready-requirement"] = "PM",
        ["backlog-requirement"] = "PM", ["revise-requirement"] = "PM", ["analyze-requirement"] = "PM SERVICE", ["approve-requirement"] = "EM PM",
        ["create-sprint"] = "EM PM", ["add-sprint-item"] = "EM PM", ["remove-sprint-item"] = "EM PM", ["start-sprint"] = "EM PM",
        ["complete-sprint"] = "EM PM", ["cancel-sprint"] = "EM PM", ["move-sprint-item"] = "DEV EM QA",
        ["create-release"] = "EM PM", ["evaluate-release"] = "DEV EM PM QA SERVICE VIEWER",
        ["activate-release"] = "EM", ["freeze-release"] = "EM", ["release-release"] = "EM", ["block-release"] = "EM", ["abort-release"] = "EM", ["override-release"] = "EM",
        ["create-bug"] = "DEV EM PM QA SERVICE", ["triage-bug"] = "EM QA", ["update-bug-triage"] = "EM QA", ["verify-bug"] = "EM QA", ["close-bug"] = "EM QA", ["reopen-bug"] = "EM QA",
        ["defer-bug"] = "EM QA", ["invalidate-bug"] = "EM QA", ["start-bug"] = "DEV", ["resolve-bug"] = "DEV",
        ["create-test-run"] = "QA SERVICE", ["start-test-run"] = "QA SERVICE", ["record-test-results"] = "QA SERVICE", ["complete-test-run"] = "QA SERVICE",
        ["stop-test-run"] = "QA SERVICE", ["cancel-test-run"] = "QA SERVICE", ["analyze-test-run"] = "QA SERVICE",
    };

    public static TheoryData<string> Commands => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_for_the_roles_of_the_matrix_and_the_administrator(string name)
    {
        var permission = Operations.All.Single(operation => operation.Name == name).Permission!.Value;

        Assert.Equal(
            $"{Allowed[name]} ORG_ADMIN".Split(' ').Order(StringComparer.Ordinal),
            Enum.GetValues<Role>().Where(role => RolePermissions.Holds(role, permission)).Select(RolePermissions.NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void How_secure_a_release_is_say_those_who_answer_for_it() => Assert.Equal(
        [Role.Em, Role.OrgAdmin, Role.Service], Enum.GetValues<Role>().Where(static role => RolePermissions.Holds(role, Permission.ReportSecurity)));

    [Fact]
    public void Every_command_of_the_domain_is_in_the_matrix() => Assert.Equal(
        Allowed.Keys.Order(StringComparer.Ordinal),
        Operations.All.Where(static operation => operation.Method is not "GET"
                && new[] { "requirements", "sprints", "releases", "bugs", "test-runs" }.Contains(operation.Route.Split('/').ElementAtOrDefault(3))
                && !operation.Route.EndsWith("/import", StringComparison.Ordinal))
            .Select(static operation => operation.Name).Order(StringComparer.Ordinal));
}
