using System.Net;
using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalHost.Hosting;

namespace QANexus.EndToEnd.Tests.Acceptance;

/// <summary>What ACCEPTANCE.md says of redaction, deletion and immutability; the section and number of each scenario begin its name.</summary>
[Collection(SystemCollection.Name)]
public sealed class PrivacyScenarios(SystemUnderTest system)
{
    private const string Stream = "Requirement/r1";
    private const string Created = """{"eventId":"e1","type":"RequirementCreated","data":{"title":"Login","mail":"ada@example.com"},"metadata":{"ip":"10.1.2.3"}}""";
    private const string Approved = """{"eventId":"e2","type":"RequirementPublished","data":{"approver":"ada"}}""";
    private const string Reason = """{"reason":"Asked for on 2026-11-01"}""";

    [Fact]
    public async Task A15_A_redacted_event_is_flagged_and_its_content_is_a_marker()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, Created);
        var answer = await client.SendAsync(HttpMethod.Post, "events/e1/redact", Reason);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        AssertRedacted(answer.Json);
        AssertRedacted((await client.GetAsync("events/e1")).Json);
        Assert.Equal("Asked for on 2026-11-01", answer.Json["redaction"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A16_A_clear_removes_the_records_of_its_tenant_only()
    {
        // Own hosts: elsewhere nobody may clear. The second sees what the first does as another process would.
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, EnableClear = true }, CancellationToken.None);
        await using var second = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosEndpoint = host.CosmosAddress, EnableClear = true }, CancellationToken.None);
        using var client = new TenantClient(host.ApiAddress, "t1");
        using var other = new TenantClient(host.ApiAddress, "t2");
        using var elsewhere = client.At(second.ApiAddress);
        var stored = await client.AppendAsync(Stream, $"{Created},{Approved}", static headers => headers.Add("Idempotency-Key", "k"));
        await other.AppendAsync(Stream, Created);
        Assert.Equal(2, (await elsewhere.ReadAsync(Stream)).Version);

        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed"), Kind(await client.SendAsync(HttpMethod.Delete, "events", body: null)));
        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed"), Kind(await ClearAsync(client, "t2")));
        var cleared = await ClearAsync(client, "t1");
        // The commit, and whatever the subscriptions have made of it by now.
        Assert.Equal(HttpStatusCode.OK, cleared.Status);
        Assert.InRange(cleared.Json["deleted"]!.GetValue<int>(), 1, 50);

        Assert.Equal(0, (await client.ReadAsync(Stream)).Version);
        Assert.Equal(0, (await elsewhere.ReadAsync(Stream)).Version);
        Assert.Empty(await elsewhere.ListAsync("events"));
        Assert.Single(await other.ListAsync("events"));
        var late = await elsewhere.AppendAsync(Stream, Approved, headers => headers.TryAddWithoutValidation("If-Match", stored.ETag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), Kind(late));
        var again = await elsewhere.AppendAsync(Stream, Created, static headers => headers.Add("Idempotency-Key", "k"));
        Assert.Equal((HttpStatusCode.Created, 1), (again.Status, again.Version));
        Assert.Equal(HttpStatusCode.OK, (await ClearAsync(elsewhere, "t1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ClearAsync(client, "t1")).Status);
    }

    [Fact]
    public async Task A16_A_clear_whose_host_dies_half_way_is_finished_by_another_host()
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, EnableClear = true }, CancellationToken.None);
        await using var second = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosEndpoint = host.CosmosAddress, EnableClear = true }, CancellationToken.None);
        using var client = new TenantClient(host.ApiAddress, "t1");
        using var elsewhere = client.At(second.ApiAddress);
        for (var n = 0; n < 12; n++)
        {
            await client.AppendAsync($"Requirement/r{n}", """{"type":"A","data":{} }""");
        }

        using (host.Account!.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "events", Skip = 5 }))
        {
            var interrupted = await ClearAsync(client, "t1");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), Kind(interrupted));
            Assert.NotEmpty(interrupted.Headers.GetValues("Retry-After"));
        }

        Assert.Empty(await client.ListAsync("events"));
        Assert.Equal(HttpStatusCode.OK, (await ClearAsync(elsewhere, "t1")).Status);
    }

    [Fact]
    public async Task D72_A_redacted_stream_still_replays()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, $"{Created},{Approved}");
        await client.SendAsync(HttpMethod.Post, "events/e1/redact", Reason);
        var events = (await client.ReadAsync(Stream)).Events;
        Assert.Equal([1, 2], events.Select(static e => e["version"]!.GetValue<int>()));
        AssertRedacted(events[0]);
        Assert.Equal("ada", events[1]["data"]!["approver"]!.GetValue<string>());
    }

    [Fact]
    public async Task J115_After_a_redaction_the_record_and_its_position_remain_and_the_personal_data_do_not()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, $"{Created},{Approved}", static headers => headers.Add("Idempotency-Key", "k"));
        var before = (await client.ReadAsync(Stream)).Events[0];
        await client.SendAsync(HttpMethod.Post, "events/e1/redact", Reason);

        var page = await client.ReadAsync(Stream);
        var after = page.Events[0];
        foreach (var name in new[] { "eventId", "type", "schemaVersion", "aggregateType", "aggregateId", "version", "commit", "occurredAt", "storedAt" })
        {
            Assert.Equal(before[name]!.ToJsonString(), after[name]!.ToJsonString());
        }

        Assert.Equal(2, (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>());
        var everything = string.Concat(
            page.Json.ToJsonString(), (await client.GetAsync("events")).Json.ToJsonString(), (await client.GetAsync("events/e1")).Json.ToJsonString());
        Assert.DoesNotContain("ada@example.com", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", everything, StringComparison.Ordinal);
        var repeat = await client.AppendAsync(Stream, $"{Created},{Approved}", static headers => headers.Add("Idempotency-Key", "k"));
        Assert.Equal((HttpStatusCode.OK, true, 2), (repeat.Status, repeat.IsReplay, repeat.Version));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events/e1")]
    [InlineData("streams/" + Stream)]
    [InlineData("streams/" + Stream + "/events")]
    public async Task J116_Nothing_can_be_deleted_through_the_api(string path)
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, Created);
        var answer = await client.SendAsync(HttpMethod.Delete, path, body: null, headers => headers.Add("X-Confirm-Tenant", client.Tenant));
        Assert.Contains(answer.Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.Single((await client.ReadAsync(Stream)).Events);
    }

    [Fact]
    public async Task J117_Whatever_else_is_done_a_stored_event_stays_as_it_is()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, Created);
        var before = (await client.ReadAsync(Stream)).Events[0].ToJsonString();
        await client.AppendAsync(Stream, Approved);
        await client.AppendAsync("Requirement/r2", Created);
        await client.AppendAsync(Stream, Created.Replace("Login", "Other", StringComparison.Ordinal), static headers => headers.TryAddWithoutValidation("If-Match", "\"2\""));
        await client.SendAsync(HttpMethod.Post, "events/e2/redact", Reason);
        await client.SendAsync(HttpMethod.Post, "events/nobody/redact", Reason);
        await client.SendAsync(HttpMethod.Post, "events/e1/redact", "{}");
        Assert.Equal(before, (await client.ReadAsync(Stream)).Events[0].ToJsonString());
    }

    private static void AssertRedacted(JsonNode e)
    {
        Assert.Equal("""{"redacted":true}""", e["data"]!.ToJsonString());
        Assert.NotNull(e["redaction"]);
    }

    private static Task<Answer> ClearAsync(TenantClient client, string confirm) =>
        client.SendAsync(HttpMethod.Delete, "events", body: null, headers => headers.Add("X-Confirm-Tenant", confirm));

    private static (HttpStatusCode Status, string? Code) Kind(Answer answer) => (answer.Status, answer.Code);
}
