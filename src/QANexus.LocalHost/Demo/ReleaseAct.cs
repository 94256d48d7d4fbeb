using System.Text.Json;
using System.Text.Json.Nodes;

namespace QANexus.LocalHost.Demo;

/// <summary>From a planned release, over a bug that stops it, to the released one.</summary>
internal sealed class ReleaseAct(DemoStage stage)
{
    /// <summary>What security and operations say.</summary>
    public const int SecurityPercent = 95;

    private string Release => $"releases/{stage.Id("release")}";

    private string Bug => $"bugs/{stage.Id("bug")}";

    /// <summary>The released release.</summary>
    public async Task<JsonElement> PlayAsync(CancellationToken cancellationToken)
    {
        await BecomeReadyAsync(cancellationToken);
        await BeStoppedAsync(cancellationToken);
        await GoOnAsync(cancellationToken);
        return await ShipAsync(cancellationToken);
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        await stage.TitleAsync("A release is planned; tests and bugs speak for it.");
        await stage.DoAsync("releases", new JsonObject
        {
            ["id"] = stage.Id("release"), ["version"] = stage.Version, ["environment"] = "production",
        }, cancellationToken);
        var small = $"bugs/{stage.Id("typo")}";
        await stage.DoAsync("bugs", NewBug("typo", "A word is misspelt on the login page"), cancellationToken);
        await stage.DoAsync($"{small}/triage", new JsonObject { ["severity"] = "LOW", ["priority"] = "P3" }, cancellationToken);
        await ImportTestsAsync(cancellationToken);
        await AwaitEvaluationAsync("the completed run has evaluated the release", static state => state.TryGetProperty("readinessScore", out _), cancellationToken);

        await stage.TitleAsync("Security speaks last; a release that is ready is checked once more and may then be deployed.");
        await stage.DoAsync($"{Release}/evaluate", new JsonObject { ["securityScorePercentage"] = SecurityPercent }, cancellationToken);
        await AwaitEnablementAsync("ENABLED", cancellationToken);
        await stage.DoAsync($"{Release}/activate", [], cancellationToken);
    }

    private async Task BeStoppedAsync(CancellationToken cancellationToken)
    {
        await stage.TitleAsync("A CRITICAL bug stops the release by itself.");
        await stage.DoAsync("bugs", NewBug("bug", "Any password is accepted"), cancellationToken);
        await stage.DoAsync($"{Bug}/triage", new JsonObject { ["severity"] = "CRITICAL", ["priority"] = "P0", ["assignedTo"] = "dana" }, cancellationToken);
        await AwaitEvaluationAsync("the release is BLOCKED", static state => StatusOf(state) == "BLOCKED", cancellationToken);
        await AwaitEnablementAsync("REVOKED", cancellationToken);
    }

    private async Task GoOnAsync(CancellationToken cancellationToken)
    {
        await stage.TitleAsync("The bug is resolved, QA verifies, and the release is ready again.");
        await stage.DoAsync($"{Bug}/start", [], cancellationToken);
        await stage.DoAsync($"{Bug}/resolve", new JsonObject { ["resolutionNotes"] = "The password is compared now." }, cancellationToken);
        var queue = $"views/qa-queue/Bug:{stage.Id("bug")}";
        await stage.AwaitAsync(queue, "QA has it to verify", static found => Data(found, "state") == "PENDING", cancellationToken);
        await stage.ShowAsync(queue);
        await stage.DoAsync($"{Bug}/verify", [], cancellationToken);
        await AwaitEvaluationAsync("the release is READY", static state => StatusOf(state) == "READY", cancellationToken);
        await AwaitEnablementAsync("ENABLED", cancellationToken);
        await stage.DoAsync($"{Bug}/close", [], cancellationToken);
    }

    private async Task<JsonElement> ShipAsync(CancellationToken cancellationToken)
    {
        await stage.TitleAsync("Frozen, and out.");
        await stage.DoAsync($"{Release}/freeze", [], cancellationToken);
        var released = await stage.DoAsync($"{Release}/release", [], cancellationToken);
        await stage.ShowAsync($"views/rcs-history/Release:{stage.Id("release")}");
        await stage.ShowAsync("views/notifications");
        return released;
    }

    private async Task ImportTestsAsync(CancellationToken cancellationToken)
    {
        var imported = await stage.Client.ImportAsync(
            $"test-runs/import?releaseId={stage.Id("release")}", DemoReport.Junit(stage.Id("login")), cancellationToken);
        foreach (var run in imported.EnumerateArray())
        {
            await stage.SayAsync($"imported a JUnit report: {run.GetProperty("passed")} of {run.GetProperty("total")} tests passed");
            await stage.ShowAsync($"views/test-run-reports/TestRun:{run.GetProperty("id").GetString()}");
        }
    }

    private JsonObject NewBug(string name, string title) => new()
    {
        ["id"] = stage.Id(name), ["title"] = title, ["description"] = "Seen in the demonstration.", ["releaseId"] = stage.Id("release"),
    };

    private Task<JsonElement> AwaitEvaluationAsync(string what, Func<JsonElement, bool> isExpected, CancellationToken cancellationToken) =>
        stage.AwaitAsync(Release, what, isExpected, cancellationToken);

    private async Task AwaitEnablementAsync(string state, CancellationToken cancellationToken)
    {
        var enablement = $"views/deployment-enablement/Release:{stage.Id("release")}";
        await stage.AwaitAsync(enablement, $"its deployment is {state}", found => Data(found, "state") == state, cancellationToken);
        await stage.ShowAsync(enablement);
    }

    private static string? StatusOf(JsonElement release) => release.TryGetProperty("readinessStatus", out var status) ? status.GetString() : null;

    private static string? Data(JsonElement document, string name) => document.GetProperty("data").GetProperty(name).GetString();
}
