using System.Net;
using QANexus.EndToEnd.Tests.Domain;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Acceptance;

/// <summary>ACCEPTANCE.md sections E and G, the critical workflow over HTTP; the number of each scenario begins its name.</summary>
[Collection(SystemCollection.Name)]
public sealed class WorkflowScenarios(SystemUnderTest system)
{
    [Fact]
    public async Task E74_and_G90_A_posted_requirement_is_created_with_what_was_posted()
    {
        using var client = system.NewTenant();

        var created = await client.CreateRequirementAsync("r1");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(("r1", client.Tenant), (created.Json["id"]!.GetValue<string>(), created.Json["tenantId"]!.GetValue<string>()));
        Assert.Equal(("Sign in", "DRAFT", "HIGH", "FEATURE"), (created.State("title"), created.State("status"), created.State("priority"), created.State("type")));
        Assert.Equal(3, created.Json["state"]!["acceptanceCriteria"]!.AsArray().Count);
        Assert.Equal(["RequirementCreated"], created.Raised());
        var read = await client.GetAsync("requirements/r1");
        Assert.Equal((HttpStatusCode.OK, created.ETag), (read.Status, read.ETag));
        Assert.Equal(created.Json["state"]!.ToJsonString(), read.Json.ToJsonString());
    }

    [Fact]
    public async Task E75_and_G91_An_analysed_requirement_is_approved_by_its_caller_and_a_poor_one_is_not()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        var unknown = await client.PostAsync("requirements/r1/approve");
        await client.AnalyzeAsync("r1", 74);
        var poor = await client.PostAsync("requirements/r1/approve");
        await client.AnalyzeAsync("r1", 75);

        var approved = await client.PostAsync("requirements/r1/approve");
        var again = await client.PostAsync("requirements/r1/approve");

        Assert.Equal(
            ((HttpStatusCode.Conflict, "requirement.rqs.missing"), (HttpStatusCode.Conflict, "requirement.rqs.too_low")),
            ((unknown.Status, unknown.Rule()), (poor.Status, poor.Rule())));
        Assert.Equal((HttpStatusCode.OK, "APPROVED", "development"), (approved.Status, approved.State("status"), approved.State("approverId")));
        Assert.Equal((HttpStatusCode.OK, "APPROVED"), (again.Status, again.State("status")));
        Assert.Empty(again.Raised());
        Assert.Equal(
            ["RequirementCreated", "RequirementAnalyzed", "RequirementAnalyzed", "RequirementApproved"],
            (await client.ReadAsync("Requirement/r1")).Events.Select(static e => e["type"]!.GetValue<string>()).Take(4));
    }

    [Fact]
    public async Task G92_An_approved_requirement_has_tasks_without_anybody_adding_them()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.AnalyzeAsync("r1", 85);
        await client.DoAsync("requirements/r1/approve");

        var approved = await client.UntilAsync("requirements/r1", static state => state["tasks"]!.AsArray().Count > 0);

        Assert.Equal(["TASK", "FEATURE", "TASK", "TASK", "TASK"], approved["tasks"]!.AsArray().Select(static task => task!["type"]!.GetValue<string>()));
        Assert.All(approved["tasks"]!.AsArray(), static task => Assert.Equal("HIGH", task!["priority"]!.GetValue<string>()));
    }

    [Fact]
    public async Task G93_and_F89_A_requirement_in_the_backlog_has_its_tasks_there_and_no_sprint_has_them()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.AnalyzeAsync("r1", 85);
        await client.DoAsync("requirements/r1/approve");
        var tasks = (await client.UntilAsync("requirements/r1", static state => state["tasks"]!.AsArray().Count > 0))["tasks"]!.AsArray().Count;
        await client.DoAsync("sprints", DomainClient.SprintBody("s1", ",\"items\":[{\"id\":\"lone\",\"title\":\"Lone\",\"storyPoints\":1}]"));
        await client.DoAsync("sprints/s1/cancel", """{"reason":"no time"}""");

        var backlogged = await client.DoAsync("requirements/r1/backlog");
        var backlog = (await client.UntilAsync("views/structured-backlog/Requirement:r1", static row => row["data"]?["requirement"] is not null))["data"]!;

        Assert.Equal(("BACKLOGGED", "RequirementBacklogged"), (backlogged.State("status"), Assert.Single(backlogged.Raised())));
        Assert.Equal(tasks, backlog["unscheduled"]!.AsArray().Count);
        Assert.Equal(tasks, backlog["taskPlaces"]!.AsArray().Count);
        Assert.All(backlog["taskPlaces"]!.AsArray(), static task => Assert.Equal(("BACKLOG", null), (task!["status"]!.GetValue<string>(), task["sprintId"]?.GetValue<string>())));
        var standalone = await client.UntilAsync("views/structured-backlog/standalone", static row => row["data"]!["unscheduled"]!.AsArray().Count > 0);
        Assert.Equal("lone", Assert.Single(standalone["data"]!["unscheduled"]!.AsArray())!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task E76_and_E88_A_requirement_of_one_tenant_is_not_there_for_another()
    {
        using var client = system.NewTenant();
        using var other = system.NewTenant();
        await client.CreateRequirementAsync("r1");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("requirements/r1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("requirements/r1/publish")).Status);
        Assert.Equal("DRAFT", (await client.GetAsync("requirements/r1")).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task E77_to_E79_A_sprint_is_planned_and_starts_with_an_item()
    {
        using var client = system.NewTenant();

        var created = await client.DoAsync("sprints", DomainClient.SprintBody("s1"));
        var empty = await client.PostAsync("sprints/s1/start");
        var items = created.Json["state"]!["items"]!.AsArray();
        await client.DoAsync("sprints/s1/items", """{"id":"i1","title":"Work","storyPoints":5}""");
        var started = await client.PostAsync("sprints/s1/start");

        Assert.Equal((HttpStatusCode.Created, "PLANNED", "20"), (created.Status, created.State("status"), created.State("capacity")));
        Assert.Empty(items);
        Assert.Equal((HttpStatusCode.Conflict, "sprint.empty"), (empty.Status, empty.Rule()));
        Assert.Equal((HttpStatusCode.OK, "ACTIVE"), (started.Status, started.State("status")));
        Assert.Equal(["SprintStarted"], started.Raised());
    }

    [Fact]
    public async Task E80_to_E84_A_test_run_records_results_and_is_completed()
    {
        using var client = system.NewTenant();
        var created = await client.DoAsync("test-runs", """{"id":"t1","name":"Nightly","expectedTestCount":3}""");
        var tooEarly = await client.PostAsync("test-runs/t1/complete");
        await client.DoAsync("test-runs/t1/start");

        foreach (var (test, outcome) in new[] { ("c1", "PASS"), ("c2", "FAIL"), ("c3", "PASSED") })
        {
            var recorded = await client.PostAsync("test-runs/t1/results", $$"""{"testCaseId":"{{test}}","outcome":"{{outcome}}"}""");
            Assert.Equal(HttpStatusCode.Created, recorded.Status);
        }

        var run = (await client.GetAsync("test-runs/t1")).Json;
        var completed = await client.PostAsync("test-runs/t1/complete");

        Assert.Equal((HttpStatusCode.Created, "Nightly"), (created.Status, created.State("name")));
        Assert.Equal((HttpStatusCode.Conflict, "testrun.transition"), (tooEarly.Status, tooEarly.Rule()));
        Assert.Equal((2, 1, 67), (run["passedTests"]!.GetValue<int>(), run["failedTests"]!.GetValue<int>(), run["passRate"]!.GetValue<int>()));
        Assert.Equal((HttpStatusCode.OK, "COMPLETED"), (completed.Status, completed.State("status")));
    }

    [Fact]
    public async Task E85_to_E87_A_release_is_planned_scored_and_read()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.DoAsync("requirements/r1/ready");
        await client.DoAsync("test-runs", """{"id":"t1","expectedTestCount":1,"start":true}""");
        await client.DoAsync("test-runs/t1/results", """{"testCaseId":"c1","outcome":"PASSED"}""");
        await client.DoAsync("test-runs/t1/complete");
        await client.DoAsync("bugs", """{"id":"b1","title":"Slow","description":"Very."}""");
        await client.DoAsync("bugs/b1/triage", """{"severity":"HIGH","priority":"P2"}""");

        var created = await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");

        // 40 tests + 30 * 80 % bugs + 20 requirements + 10 security.
        var state = await client.EvaluateUntilAsync("v1", static release => release["readinessScore"]!.GetValue<int>() == 94);
        Assert.Equal("READY", state["readinessStatus"]!.GetValue<string>());
        Assert.Equal((HttpStatusCode.Created, "PLANNED"), (created.Status, created.State("status")));
        var read = (await client.GetAsync("releases/v1")).Json;
        Assert.Equal(("v1", "1.0.0", client.Tenant), (read["id"]!.GetValue<string>(), read["version"]!.GetValue<string>(), read["tenantId"]!.GetValue<string>()));
    }
}
