using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>Commands as a client gives them.</summary>
internal static class DomainClient
{
    /// <summary>How often to look for what follows by itself before it counts as missing: for at least a minute.</summary>
    private const int Looks = 600;

    private const string Sprint = "\"name\":\"Sprint\",\"startDate\":\"2026-11-23T00:00:00Z\",\"endDate\":\"2026-12-07T00:00:00Z\"";

    public static Task<Answer> PostAsync(this TenantClient client, string path, string? body = null, Action<HttpRequestHeaders>? headers = null) =>
        client.SendAsync(HttpMethod.Post, path, body, headers);

    /// <summary>A command that has to succeed.</summary>
    public static async Task<Answer> DoAsync(this TenantClient client, string path, string? body = null)
    {
        var answer = await client.PostAsync(path, body);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {answer.Status} {answer.Json}");
        return answer;
    }

    public static Task<Answer> CreateRequirementAsync(this TenantClient client, string id) => client.DoAsync(
        "requirements", $$"""{"id":"{{id}}","title":"Sign in","content":"With a password.","priority":"HIGH","type":"FEATURE","acceptanceCriteria":["a","b","c"]}""");

    public static Task<Answer> AnalyzeAsync(this TenantClient client, string id, int score) => client.DoAsync(
        $"requirements/{id}/analyze", $$"""{"score":{{score}},"clarity":90,"completeness":80,"testability":75,"consistency":85}""");

    public static string SprintBody(string id, string more = "") => $$"""{"id":"{{id}}",{{Sprint}}{{more}}}""";

    public static string State(this Answer answer, string member) => answer.Json["state"]![member]!.ToJsonString().Trim('"');

    public static string? Rule(this Answer answer) => answer.Json["rule"]?.GetValue<string>();

    public static IReadOnlyList<string> Raised(this Answer answer) => [.. answer.Json["events"]!.AsArray().Select(static e => e!["type"]!.GetValue<string>())];

    /// <summary>Reads until what follows by itself has happened.</summary>
    public static async Task<JsonNode> UntilAsync(this TenantClient client, string path, Func<JsonNode, bool> reached)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await client.GetAsync(path);
            if ((found.Status == HttpStatusCode.OK && reached(found.Json)) || attempt == Looks)
            {
                Assert.True(found.Status == HttpStatusCode.OK && reached(found.Json), found.Json.ToJsonString());
                return found.Json;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Evaluates a release until the views that it is judged by have come as far as the caller has.</summary>
    public static async Task<JsonNode> EvaluateUntilAsync(this TenantClient client, string release, Func<JsonNode, bool> reached)
    {
        for (var attempt = 1; ; attempt++)
        {
            var state = (await client.DoAsync($"releases/{release}/evaluate", """{"securityScorePercentage":100}""")).Json["state"]!;
            if (reached(state) || attempt == Looks)
            {
                Assert.True(reached(state), state.ToJsonString());
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
