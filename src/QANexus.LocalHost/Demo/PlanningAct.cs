using System.Text.Json;
using System.Text.Json.Nodes;

namespace QANexus.LocalHost.Demo;

/// <summary>From an idea to a completed sprint.</summary>
internal sealed class PlanningAct(DemoStage stage, TimeProvider time)
{
    private const int PointsOfATask = 3;

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var requirement = $"requirements/{stage.Id("login")}";
        await stage.TitleAsync("A requirement is written, scored and approved; its tasks come by themselves.");
        await stage.DoAsync("requirements", new JsonObject
        {
            ["id"] = stage.Id("login"), ["title"] = "Log in", ["content"] = "Customers log in with their e-mail address and a password.", ["priority"] = "HIGH",
            ["acceptanceCriteria"] = new JsonArray("A wrong password is refused", "Five wrong ones lock the account"),
        }, cancellationToken);
        await stage.DoAsync($"{requirement}/analyze", new JsonObject
        {
            ["score"] = 88, ["clarity"] = 90, ["completeness"] = 85, ["testability"] = 92, ["consistency"] = 85,
        }, cancellationToken);
        await stage.DoAsync($"{requirement}/approve", [], cancellationToken);
        var approved = await stage.AwaitAsync(
            requirement, "tasks: a design, an implementation, a test per criterion", static state => state.GetProperty("tasks").GetArrayLength() == 4, cancellationToken);
        await stage.ShowAsync(requirement);
        await PlayASprintAsync(requirement, [.. approved.GetProperty("tasks").EnumerateArray()], cancellationToken);
    }

    private async Task PlayASprintAsync(string requirement, IReadOnlyList<JsonElement> tasks, CancellationToken cancellationToken)
    {
        await stage.TitleAsync("A sprint takes the tasks, the board moves, the sprint is completed, and with it the requirement.");
        var (sprint, now) = (stage.Id("sprint"), time.GetUtcNow());
        await stage.DoAsync("sprints", new JsonObject
        {
            ["id"] = sprint, ["name"] = "Demonstration", ["capacity"] = 20,
            ["startDate"] = now.ToString("O"), ["endDate"] = now.AddDays(14).ToString("O"),
            ["items"] = new JsonArray([.. tasks.Select(task => new JsonObject
            {
                ["id"] = Text(task, "id"), ["title"] = Text(task, "title"), ["storyPoints"] = PointsOfATask, ["priority"] = Text(task, "priority"),
                ["type"] = Text(task, "type"), ["requirementId"] = stage.Id("login"),
            })]),
        }, cancellationToken);
        await stage.DoAsync($"sprints/{sprint}/start", [], cancellationToken);
        foreach (var task in tasks)
        {
            foreach (var lane in (string[])["IN_PROGRESS", "CODE_REVIEW", "DONE"])
            {
                await stage.Client.SendAsync($"sprints/{sprint}/items/{Text(task, "id")}/status", new JsonObject { ["status"] = lane }, cancellationToken);
            }

            await stage.SayAsync($"moved to DONE: {Text(task, "title")}");
        }

        await stage.DoAsync($"sprints/{sprint}/complete", [], cancellationToken);
        await stage.AwaitAsync(requirement, "the requirement is COMPLETED", static state => Text(state, "status") == "COMPLETED", cancellationToken);
        await stage.ShowAsync($"sprints/{sprint}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
