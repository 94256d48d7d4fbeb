using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>What follows by itself from the eight events that the domain reacts to, as whoever reads the views sees it.</summary>
[Collection(SystemCollection.Name)]
public sealed class ReactionJourney(SystemUnderTest system)
{
    [Fact]
    public async Task A_sprint_that_starts_has_a_tile_a_burndown_and_members_who_know_and_one_that_ends_says_what_to_expect()
    {
        using var client = system.NewTenant();
        await client.DoAsync("sprints", DomainClient.SprintBody(
            "s1", ",\"items\":[{\"id\":\"a\",\"title\":\"A\",\"storyPoints\":5,\"assigneeId\":\"ada\"},{\"id\":\"b\",\"title\":\"B\",\"storyPoints\":8}],\"start\":true"));

        var tile = await client.UntilAsync("views/dashboard/tenant", static view => view["data"]!["activeSprints"] is not null);
        Assert.Equal("s1 2 13", Words(tile["data"]!["activeSprints"]![0]!, "id", "itemCount", "totalStoryPoints"));
        var board = await client.UntilAsync("views/sprint-board/Sprint:s1", static view => view["data"]!["burndown"] is not null);
        Assert.Equal("0 13 13", Words(board["data"]!["burndown"]!["points"]![0]!, "day", "ideal", "remaining"));
        Assert.Null((await client.UntilAsync("views/sprint-baselines/Sprint:s1", static _ => true))["data"]!["velocityBaseline"]);
        await client.UntilAsync("views/notifications", static view => Notifications(view).Contains("SPRINT_STARTED ada"));

        await client.DoAsync("sprints/s1/items/a/status", """{"status":"DONE"}""");
        await client.DoAsync("sprints/s1/complete");
        var velocity = await client.UntilAsync("views/velocity/tenant", static _ => true);
        Assert.Equal("5 13 1 2 38", Words(velocity["data"]!["sprints"]![0]!, "completedPoints", "totalPoints", "completedItems", "totalItems", "completionPercentage"));
        Assert.Equal("5 0 STABLE 5", Words(velocity["data"]!["trend"]!, "average", "standardDeviation", "direction", "suggestedCapacity"));
        await client.UntilAsync("views/dashboard/tenant", static view => view["data"]!["activeSprints"] is null);
        await client.UntilAsync("views/notifications", static view => Notifications(view).Contains("SPRINT_COMPLETED "));

        await client.DoAsync("sprints", DomainClient.SprintBody("s2", ",\"items\":[{\"id\":\"c\",\"title\":\"C\",\"storyPoints\":3}],\"start\":true"));
        var baseline = await client.UntilAsync("views/sprint-baselines/Sprint:s2", static _ => true);
        Assert.Equal("5 [\"s1\"]", Words(baseline["data"]!, "velocityBaseline", "basedOn"));
    }

    [Fact]
    public async Task A_triaged_bug_has_clocks_an_assignee_who_knows_and_a_place_on_the_board_and_every_resolution_waits_for_qa()
    {
        using var client = system.NewTenant();
        await client.DoAsync("bugs", """{"id":"b0","title":"Slow","description":"d"}""");
        await client.DoAsync("bugs/b0/triage", """{"severity":"LOW","priority":"P3"}""");
        await client.UntilAsync("views/notifications", static view => Notifications(view).Contains("BUG_TRIAGED "));
        await client.DoAsync("sprints", DomainClient.SprintBody("s1", ",\"items\":[{\"id\":\"a\",\"title\":\"A\",\"storyPoints\":5}],\"start\":true"));
        await client.DoAsync("bugs", """{"id":"b1","title":"Crash","description":"d"}""");
        await client.DoAsync("bugs/b1/triage", """{"severity":"HIGH","priority":"P2","assignedTo":"dana"}""");

        var sprint = await client.UntilAsync("sprints/s1", static state => state["items"]!.AsArray().Count > 1);
        Assert.Equal("b1 Crash 0 HIGH BUG dana", Words(sprint["items"]![1]!, "id", "title", "storyPoints", "priority", "type", "assigneeId"));
        await client.UntilAsync("views/notifications", static view => Notifications(view).Contains("BUG_ASSIGNED dana"));
        var card = (await client.UntilAsync("views/bug-board/Bug:b1", static view => view["data"]!["sla"] is not null))["data"]!;
        Assert.Equal(TimeSpan.FromHours(4), Time(card["sla"]!["respondBy"]!) - Time(card["bug"]!["triageDate"]!));
        Assert.Equal(TimeSpan.FromDays(7), Time(card["sla"]!["resolveBy"]!) - Time(card["bug"]!["createdAt"]!));

        await client.DoAsync("bugs/b1/start");
        await client.DoAsync("bugs/b1/resolve", """{"resolutionNotes":"first"}""");
        await client.DoAsync("bugs/b1/reopen", """{"reason":"It is still there."}""");
        await client.DoAsync("bugs/b1/triage", """{"severity":"HIGH","priority":"P1"}""");
        await client.DoAsync("bugs/b1/start");
        await client.DoAsync("bugs/b1/resolve", """{"resolutionNotes":"second"}""");
        var queue = await client.UntilAsync("views/qa-queue/Bug:b1", static view => view["data"]!["resolutions"]!.AsArray().Count > 1);
        Assert.Equal(["1 REOPENED first", "2 PENDING second"], queue["data"]!["resolutions"]!.AsArray().Select(static item => Words(item!, "number", "state", "resolutionNotes")));
        await client.UntilAsync("views/dashboard/tenant", static view => view["data"]!["bugs"]?["slaMet"]?.GetValue<int>() == 1);
        await client.DoAsync("bugs/b1/verify");
        await client.UntilAsync("sprints/s1", static state => state["items"]![1]!["status"]!.GetValue<string>() == "DONE");
        Assert.Equal(["a", "b1"], (await client.GetAsync("sprints/s1")).Json["items"]!.AsArray().Select(static item => item!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_run_is_reported_with_its_trend_and_a_release_that_becomes_ready_is_enabled_until_something_speaks_against_it()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.AnalyzeAsync("r1", 85);
        await client.DoAsync("requirements/r1/approve");
        await RunAsync(client, "t1", "FAILED");
        await client.UntilAsync("views/test-run-reports/TestRun:t1", static _ => true);
        await RunAsync(client, "t2", "PASSED");
        var report = await client.UntilAsync("views/test-run-reports/TestRun:t2", static _ => true);
        Assert.Equal("100 true", Words(report["data"]!, "passRate", "meetsReleaseGate"));
        var runs = await client.UntilAsync("views/dashboard/Release:v1", static view => view["data"]!["testRuns"]!["newest"]!.AsArray().Count > 1);
        Assert.Equal("t2 IMPROVING", Words(runs["data"]!["testRuns"]!["newest"]![0]!, "id", "trend"));

        await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");
        await client.EvaluateUntilAsync("v1", static release => release["readinessStatus"]?.GetValue<string>() == "READY");
        await client.UntilAsync("views/deployment-enablement/Release:v1", static view => view["data"]!["state"]!.GetValue<string>() == "ENABLED");
        await client.UntilAsync("views/approvals/Release:v1", static view => view["data"]!["state"]!.GetValue<string>() == "REQUESTED");
        var history = await client.UntilAsync("views/rcs-history/Release:v1", static view => view["data"]!["milestones"]!.AsArray().Count > 0);
        Assert.Equal("RELEASE_READY", Words(history["data"]!["milestones"]![0]!, "name"));
        await client.UntilAsync("views/notifications", static view => Notifications(view).IsSupersetOf(
            ["TASKS_GENERATED ", "TEST_RUN_COMPLETED ", "RELEASE_EVALUATED ", "RELEASE_READY ", "DEPLOYMENT_ENABLED "]));

        await client.DoAsync("test-runs/t2/cancel", """{"reason":"It ran against the wrong build."}""");
        var revoked = await client.UntilAsync("views/deployment-enablement/Release:v1", static view => view["data"]!["state"]!.GetValue<string>() == "REVOKED");
        Assert.Equal("EVALUATION_FAILED", Words(revoked["data"]!, "reason"));
    }

    private static async Task RunAsync(TenantClient client, string id, string outcome)
    {
        await client.DoAsync("test-runs", $$"""{"id":"{{id}}","expectedTestCount":1,"releaseId":"v1","start":true}""");
        await client.DoAsync($"test-runs/{id}/results", $$"""{"testCaseId":"c1","outcome":"{{outcome}}"}""");
        await client.DoAsync($"test-runs/{id}/complete");
    }

    private static HashSet<string> Notifications(JsonNode view) =>
        [.. view["value"]!.AsArray().Select(static document => $"{document!["data"]!["kind"]} {document["data"]!["person"]}")];

    private static string Words(JsonNode document, params string[] members) =>
        string.Join(' ', members.Select(member => document[member]!.ToJsonString().Trim('"')));

    private static DateTimeOffset Time(JsonNode value) => value.GetValue<DateTimeOffset>();
}
