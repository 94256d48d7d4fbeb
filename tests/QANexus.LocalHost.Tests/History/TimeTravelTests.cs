using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Time;
using QANexus.Functions.Http;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.History;

/// <summary>A stream of the customer's history, stored when its events happened, seen from any time since.</summary>
public sealed class TimeTravelTests
{
    private const string Stream = "/api/v1/tenants/marten/streams/Component/root/";
    private const int Times = 10;

    [SkippableFact]
    public async Task A_state_of_the_past_is_the_file_folded_up_to_there()
    {
        Skip.If(HistoryFile.Path is null, "The customer's history.jsonl is not here: set QANEXUS_SHARED_DATA to its folder.");
        var clock = new Clock();
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true },
            [typeof(StreamFunctions)],
            services => services.AddSingleton<TimeProvider>(clock).AddAggregate<ComponentDefinition>(),
            CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        var commits = await AppendAsync(client, clock);
        Assert.InRange(commits.Count, 300, 400);

        var (first, last) = (commits.Min(static commit => commit.StoredAt), commits.Max(static commit => commit.StoredAt));
        var random = new Random(2026);
        foreach (var time in Enumerable.Range(0, Times).Select(_ => first + ((last - first) * random.NextDouble())).Append(last).Append(first))
        {
            var past = commits.TakeWhile(commit => commit.StoredAt <= time).ToList();
            var state = await ReadAsync(client, $"asOf={Uri.EscapeDataString(Rfc3339.Format(time))}");
            Assert.True(JsonNode.DeepEquals(Fold(past), state["state"]), $"as of {time:O}");
            Assert.Equal(past.Count, (int)state["commit"]!);
        }

        var half = commits.Take(commits.Count / 2).ToList();
        var version = half.Sum(static commit => commit.Events.Count);
        Assert.True(JsonNode.DeepEquals(Fold(half), (await ReadAsync(client, $"version={version}"))["state"]));
        Assert.True(JsonNode.DeepEquals(Fold(commits), (await ReadAsync(client, string.Empty))["state"]));
    }

    private static async Task<List<Commit>> AppendAsync(HttpClient client, Clock clock)
    {
        var commits = new List<Commit>();
        await foreach (var line in File.ReadLinesAsync(HistoryFile.Path!))
        {
            var append = JsonNode.Parse(line)!.AsObject();
            if ((string)append["tenantId"]! != "marten" || (string)append["aggregateType"]! != "Component" || (string)append["aggregateId"]! != "root")
            {
                continue;
            }

            var events = append["events"]!.AsArray();
            Assert.True(Rfc3339.TryParse((string)events[0]!["occurredAt"]!, out var time));
            clock.Now = time;
            using var body = new StringContent($$"""{"events":{{events.ToJsonString()}}}""", Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(Stream + "events", body);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            commits.Add(new Commit(time, events));
        }

        return commits;
    }

    private static async Task<JsonObject> ReadAsync(HttpClient client, string query) =>
        JsonNode.Parse(await client.GetByteArrayAsync($"{Stream}state?{query}"))!.AsObject();

    /// <summary>The same state, counted from the lines of the file.</summary>
    private static JsonObject Fold(IEnumerable<Commit> commits)
    {
        var files = new SortedDictionary<string, (long Added, long Removed)>(StringComparer.Ordinal);
        var (changes, revision) = (0, string.Empty);
        foreach (var e in commits.SelectMany(static commit => commit.Events))
        {
            var data = e!["data"]!;
            if ((string)e["type"]! == "ComponentChanged")
            {
                (changes, revision) = (changes + 1, (string)data["revision"]!);
                continue;
            }

            var path = (string)data["path"]!;
            var (added, removed) = files.GetValueOrDefault(path);
            files[path] = (added + (long)data["added"]!, removed + (long)data["removed"]!);
        }

        var lines = files.Select(static file => KeyValuePair.Create(
            file.Key, (JsonNode?)new JsonObject { ["added"] = file.Value.Added, ["removed"] = file.Value.Removed }));
        return JsonNode.Parse(new JsonObject { ["files"] = new JsonObject(lines), ["changes"] = changes, ["revision"] = revision }.ToJsonString())!.AsObject();
    }

    private sealed record Commit(DateTimeOffset StoredAt, JsonArray Events);

    /// <summary>Tells whatever time it was last given; everything else runs as ever.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset? Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();
    }
}
