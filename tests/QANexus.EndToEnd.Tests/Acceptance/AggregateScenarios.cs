using System.Net;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Acceptance;

/// <summary>ACCEPTANCE.md where it concerns states and snapshots; the number of each scenario begins its name.</summary>
[Collection(SystemCollection.Name)]
public sealed class AggregateScenarios(SystemUnderTest system)
{
    private const string Stream = "Requirement/req-1";

    [Fact]
    public async Task A14_A_recorded_snapshot_is_the_reference_of_its_stream_and_events_are_left_alone()
    {
        using var client = system.NewTenant();
        await AppendLifeAsync(client);
        var before = (await client.ReadAsync(Stream, "?toVersion=3")).Json["value"]!.ToJsonString();

        var kept = await client.SendAsync(HttpMethod.Put, $"streams/{Stream}/snapshot", """{"version":2,"schema":"board-1","state":{"column":"analysed"}}""");
        var found = await client.GetAsync($"streams/{Stream}/snapshot");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (kept.Status, found.Status));
        Assert.Equal("""{"column":"analysed"}""", found.Json["state"]!.ToJsonString());
        Assert.Equal(before, (await client.ReadAsync(Stream, "?toVersion=3")).Json["value"]!.ToJsonString());
    }

    [Fact]
    public async Task J111_A_requirement_rebuilt_from_its_events_is_approved_with_its_score()
    {
        using var client = system.NewTenant();
        await AppendLifeAsync(client);

        var state = (await client.GetAsync($"streams/{Stream}/state?version=3")).Json;

        Assert.Equal((3, 3), (state["version"]!.GetValue<int>(), state["commit"]!.GetValue<int>()));
        Assert.Equal("APPROVED", state["state"]!["status"]!.GetValue<string>());
        Assert.Equal(85, state["state"]!["rqs"]!["score"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task K126_Before_it_was_approved_a_requirement_was_a_draft()
    {
        using var client = system.NewTenant();
        await AppendLifeAsync(client);
        var storedAt = (await client.ReadAsync(Stream)).Json["value"]![1]!["storedAt"]!.GetValue<string>();

        var byVersion = await client.GetAsync($"streams/{Stream}/state?version=1");
        var byTime = await client.GetAsync($"streams/{Stream}/state?asOf={Uri.EscapeDataString(storedAt)}");
        var before = await client.GetAsync($"streams/{Stream}/state?asOf=2000-01-01T00:00:00Z");

        Assert.Equal("DRAFT", byVersion.Json["state"]!["status"]!.GetValue<string>());
        Assert.Equal("DRAFT", byTime.Json["state"]!["status"]!.GetValue<string>());
        Assert.Null(byTime.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotFound, before.Status);
    }

    private static async Task AppendLifeAsync(TenantClient client)
    {
        string[] events =
        [
            """{"type":"RequirementCreated","data":{"title":"Sign in","content":"Users sign in.","priority":"HIGH","type":"FEATURE","acceptanceCriteria":[]} }""",
            """{"type":"RequirementAnalyzed","data":{"score":85,"clarity":80,"completeness":85,"testability":90,"consistency":85,"feedback":[]} }""",
            """{"type":"RequirementApproved","data":{"approverId":"ada","approverRole":"PM","approvedAt":"2026-11-23T10:00:00Z"} }""",
        ];
        foreach (var e in events)
        {
            Assert.Equal(HttpStatusCode.Created, (await client.AppendAsync(Stream, e)).Status);
        }
    }
}
