using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>From a requirement to a release, and every event of it in the store.</summary>
[Collection(SystemCollection.Name)]
public sealed class LifeJourney(SystemUnderTest system)
{
    [Fact]
    public async Task A_critical_bug_stops_a_release_that_is_ready_without_it_and_goes_to_production()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.AnalyzeAsync("r1", 85);
        await client.DoAsync("requirements/r1/approve");
        await client.DoAsync("test-runs", """{"id":"t1","expectedTestCount":1,"releaseId":"v1","start":true}""");
        await client.DoAsync("test-runs/t1/results", """{"testCaseId":"c1","outcome":"PASSED"}""");
        await client.DoAsync("test-runs/t1/complete");
        await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");
        await client.DoAsync("bugs", """{"id":"b1","title":"Crash","description":"At start.","releaseId":"v1"}""");
        await client.DoAsync("bugs/b1/triage", """{"severity":"CRITICAL","priority":"P0","assignedTo":"dev"}""");
        var blocked = await client.EvaluateUntilAsync("v1", static release => release["blockingReasons"]!.ToJsonString().Contains("CRITICAL_BUGS", StringComparison.Ordinal));
        var shut = await client.PostAsync("releases/v1/activate");

        foreach (var step in new[] { "start", "resolve", "verify", "close" })
        {
            await client.DoAsync($"bugs/b1/{step}");
        }

        await client.EvaluateUntilAsync("v1", static release => release["readinessStatus"]!.GetValue<string>() == "READY");
        foreach (var step in new[] { "activate", "freeze", "release" })
        {
            await client.DoAsync($"releases/v1/{step}");
        }

        Assert.Equal("BLOCKED", blocked["readinessStatus"]!.GetValue<string>());
        Assert.Equal("release.gates.failed", shut.Rule());
        Assert.Equal("RELEASED", (await client.GetAsync("releases/v1")).Json["status"]!.GetValue<string>());
        var types = (await client.ListAsync("events?aggregateType=Release")).Select(static e => e["type"]!.GetValue<string>())
            .Where(static type => !type.StartsWith("Deployment", StringComparison.Ordinal)).Distinct();
        Assert.Equal(
            ["ReleaseCreated", "ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "ReleaseActivated", "ReleaseFrozen", "ReleaseReleased"], types);
    }

    [Fact]
    public async Task J124_Every_change_of_state_has_its_event_in_the_store()
    {
        using var client = system.NewTenant();
        const string Reason = """{"reason":"because"}""";
        await client.CreateRequirementAsync("r1");
        await client.SendAsync(HttpMethod.Patch, "requirements/r1", """{"title":"Sign in twice"}""");
        await client.DoAsync("requirements/r1/publish");
        await client.DoAsync("requirements/r1/ready");
        await client.AnalyzeAsync("r1", 80);
        await client.DoAsync("requirements/r1/approve");
        await client.DoAsync("requirements/r1/backlog");
        await client.DoAsync("requirements/r1/needs-revision", Reason);
        await client.DoAsync("sprints", DomainClient.SprintBody("s1", ",\"items\":[{\"id\":\"a\",\"title\":\"A\",\"storyPoints\":3},{\"id\":\"b\",\"title\":\"B\",\"storyPoints\":2}]"));
        await client.SendAsync(HttpMethod.Delete, "sprints/s1/items/b", null);
        await client.DoAsync("sprints/s1/start");
        await client.DoAsync("sprints/s1/items/a/status", """{"status":"DONE"}""");
        await client.DoAsync("sprints/s1/complete");
        await client.DoAsync("sprints", DomainClient.SprintBody("s2"));
        await client.DoAsync("sprints/s2/cancel", Reason);
        await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");
        await client.DoAsync("releases/v1/evaluate");
        await client.DoAsync("releases/v1/override", Reason);
        await client.DoAsync("releases/v1/activate");
        await client.DoAsync("releases/v1/block", Reason);
        await client.DoAsync("releases/v1/activate");
        await client.DoAsync("releases/v1/freeze");
        await client.DoAsync("releases/v1/abort", Reason);
        foreach (var (bug, steps) in new[] { ("b1", "start resolve verify reopen defer"), ("b2", "start resolve verify close"), ("b3", "invalidate") })
        {
            await client.DoAsync("bugs", $$"""{"id":"{{bug}}","title":"t","description":"d"}""");
            await client.DoAsync($"bugs/{bug}/triage", """{"severity":"LOW","priority":"P3"}""");
            await client.SendAsync(HttpMethod.Patch, $"bugs/{bug}", """{"severity":"MEDIUM"}""");
            foreach (var step in steps.Split(' '))
            {
                await client.DoAsync($"bugs/{bug}/{step}", step is "reopen" or "defer" or "invalidate" ? Reason : null);
            }
        }

        foreach (var (run, steps) in new[] { ("t1", "complete analyze"), ("t2", "stop"), ("t3", "cancel") })
        {
            await client.DoAsync("test-runs", $$"""{"id":"{{run}}","expectedTestCount":1,"start":true}""");
            await client.DoAsync($"test-runs/{run}/results", """{"testCaseId":"c1","outcome":"PASSED"}""");
            foreach (var step in steps.Split(' '))
            {
                await client.DoAsync($"test-runs/{run}/{step}", step is "stop" or "cancel" ? Reason : null);
            }
        }

        var events = await client.ListAsync("events");
        var types = events.Select(static e => e["type"]!.GetValue<string>()).Where(static type => !type.StartsWith("Reservation", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "RequirementCreated", "RequirementUpdated", "RequirementPublished", "RequirementMarkedReady", "RequirementAnalyzed", "RequirementApproved",
                "RequirementBacklogged", "RequirementNeedsRevision",
                "SprintCreated", "ItemAddedToSprint", "ItemRemovedFromSprint", "ItemStatusChanged", "SprintStarted", "SprintCompleted", "SprintCancelled",
                "ReleaseCreated", "ReleaseReadinessEvaluated", "ReleaseGateOverridden", "ReleaseActivated", "ReleaseBlocked", "ReleaseUnblocked", "ReleaseFrozen", "ReleaseAborted",
                "BugCreated", "BugTriaged", "BugTriageUpdated", "BugWorkStarted", "BugResolved", "BugVerified", "BugClosed", "BugReopened", "BugDeferred", "BugInvalidated",
                "TestRunCreated", "TestRunStarted", "TestResultRecorded", "TestRunCompleted", "TestRunAnalyzed", "TestRunStopped", "TestRunCancelled",
            },
            types.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(
            [
                "BugDeferred", "BugInvalidated", "BugReopened", "ReleaseAborted", "ReleaseBlocked", "ReleaseGateOverridden", "RequirementNeedsRevision",
                "SprintCancelled", "TestRunCancelled", "TestRunStopped",
            ],
            events.Where(static e => e["data"]!["reason"]?.GetValue<string>() == "because").Select(static e => e["type"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(events, static e => Assert.NotNull(e["metadata"]!["correlationId"]));
    }
}
