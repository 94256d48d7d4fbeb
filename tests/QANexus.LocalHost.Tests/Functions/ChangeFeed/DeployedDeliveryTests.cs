using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalHost.Hosting;
using QANexus.Testing.Telemetry;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

/// <summary>The deployed functions of the change feed, from an append over HTTP to what they make of it.</summary>
public sealed class DeployedDeliveryTests : IDisposable
{
    private const string Tenant = "/api/v1/tenants/demo";
    private const string Stream = $"{Tenant}/streams/Requirement/req-1";
    private const string Secret = "ada@example.com";

    private readonly ListLogger log = new();
    private readonly Probe probe = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Snapshots_are_taken_by_the_change_feed_and_the_data_of_a_redacted_event_never_come_back_with_one()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        using var cosmos = TriggerFixture.CreateClient(host.Account!);
        await AppendAsync(client, [$$"""{"eventId":"e1","type":"RequirementCreated","data":{"title":"{{Secret}}","content":"c"} }""", .. Analyses(99)]);
        await Probe.UntilAsync(async () => await VersionAsync(cosmos) == 100);
        Assert.Contains(Secret, await SnapshotAsync(cosmos), StringComparison.Ordinal);

        using var redacted = await client.PostAsJsonAsync($"{Tenant}/events/e1/redact", new { reason = "Asked for on 2026-11-01" });
        Assert.Equal(HttpStatusCode.OK, redacted.StatusCode);
        Assert.DoesNotContain(Secret, await SnapshotAsync(cosmos), StringComparison.Ordinal);
        await AppendAsync(client, [.. Analyses(100)]);

        await Probe.UntilAsync(async () => await VersionAsync(cosmos) == 200);
        var snapshot = await SnapshotAsync(cosmos);
        Assert.DoesNotContain(Secret, snapshot, StringComparison.Ordinal);
        Assert.Contains("\"revisions\":{\"0000000001\":1}", snapshot, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await client.GetStringAsync($"{Stream}/state"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_is_linked_to_the_trace_of_the_request_that_appended()
    {
        using var telemetry = new RecordedTelemetry();
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.ApiAddress };

        await AppendAsync(client, [.. Analyses(1)], "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await Probe.UntilAsync(() => Named("deliver audit-trail").Any() && Named("project activity").Any());
        Assert.All([.. Named("deliver audit-trail"), .. Named("project activity")], static delivery =>
        {
            Assert.Equal(ActivityKind.Consumer, delivery.Kind);
            Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(delivery.Links).Context.TraceId.ToHexString());
        });
        Assert.Equal([1], telemetry.Values("qanexus.subscription.handled", ("subscription", "run-subscribers"), ("handler", "audit-trail")));
        Assert.Equal([1], telemetry.Values("qanexus.subscription.handled", ("subscription", "project-views"), ("handler", "activity")));
        Assert.InRange(Assert.Single(telemetry.Values("qanexus.subscription.lag", ("handler", "audit-trail"))), 0, 60);

        IEnumerable<Activity> Named(string name) => telemetry.Activities.Where(activity => activity.OperationName == name);
    }

    /// <summary>Checkpoints cannot be saved, nor can the function of the test do its work: it has no policy, and the deployed ones have.</summary>
    [Fact]
    public async Task Where_a_function_without_a_policy_loses_its_batch_the_deployed_ones_lose_nothing()
    {
        await using var host = await StartAsync(typeof(Followers.Unprotected));
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        var isDown = true;
        probe.Behaviour = (_, _) => isDown ? Task.FromException(new InvalidOperationException("down")) : Task.CompletedTask;
        using (host.Account!.Faults.Add(
            new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = ContainerNames.Subscriptions }))
        {
            await AppendAsync(client, [.. Analyses(1)]);
            await Probe.UntilAsync(() => log.CountOf(3101) == 1 && log.CountOf(3102) == 1);
            isDown = false;
        }

        await AppendAsync(client, [.. Analyses(1)]);
        await Probe.UntilAsync(async () => await AuditedAsync(client) == 2 && probe.Calls.Count == 2);

        Assert.Equal(["0000000001", "0000000002"], probe.IdsOf(Followers.Unprotected.Name));
        Assert.Equal(1, log.CountOf(3102));
    }

    private Task<LocalHostApplication> StartAsync(params Type[] functions) => LocalHostApplication.StartAsync(
        new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, MinimumLogLevel = LogLevel.Warning },
        [.. typeof(LocalHostApplication).Assembly.GetTypes(), .. functions],
        services => services.AddSingleton(probe).AddLogging(logging => logging.AddProvider(log)),
        CancellationToken.None);

    private static IEnumerable<string> Analyses(int count) => Enumerable.Range(1, count).Select(static n =>
        $$"""{"type":"RequirementAnalyzed","data":{"score":{{n % 100}},"clarity":80,"completeness":80,"testability":80,"consistency":80,"feedback":[]} }""");

    private static async Task AppendAsync(HttpClient client, IReadOnlyList<string> events, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Stream}/events");
        request.Content = new StringContent($$"""{"events":[{{string.Join(',', events)}}]}""", Encoding.UTF8, "application/json");
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task<int> AuditedAsync(HttpClient client)
    {
        using var response = await client.GetAsync($"{Tenant}/views/audit-trail");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]!.AsArray().Count;
    }

    private static async Task<long> VersionAsync(CosmosClient cosmos) =>
        JsonNode.Parse(await SnapshotAsync(cosmos))?["version"]?.GetValue<long>() ?? 0;

    /// <summary>The snapshot's document; an empty object where there is none.</summary>
    private static async Task<string> SnapshotAsync(CosmosClient cosmos)
    {
        using var response = await cosmos.GetContainer(TriggerFixture.DatabaseName, ContainerNames.Snapshots)
            .ReadItemStreamAsync("state", new PartitionKeyBuilder().Add("demo").Add("Requirement:req-1").Build());
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return "{}";
        }

        using var reader = new StreamReader(response.EnsureSuccessStatusCode().Content);
        return await reader.ReadToEndAsync();
    }
}
