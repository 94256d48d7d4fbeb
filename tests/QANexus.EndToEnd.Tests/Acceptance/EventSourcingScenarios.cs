using System.Net;
using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Acceptance;

/// <summary>ACCEPTANCE.md section D, event sourcing end to end; the number of each scenario begins its name.</summary>
[Collection(SystemCollection.Name)]
public sealed class EventSourcingScenarios(SystemUnderTest system)
{
    private const string Stream = "Requirement/req-1";

    [Fact]
    public async Task D59_A_persisted_event_has_its_type_and_the_data_that_was_sent()
    {
        using var client = system.NewTenant();
        const string Data = """{"title":"Sign in","priority":"HIGH","criteria":["a","b"],"weight":1.5,"due":null,"nested":{"é":"😀"}}""";
        await client.AppendAsync(Stream, $$"""{"eventId":"created-1","type":"RequirementCreated","data":{{Data}}}""");
        var e = (await client.GetAsync("events/created-1")).Json;
        Assert.Equal("RequirementCreated", e["type"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Data), e["data"]));
    }

    [Fact]
    public async Task D60_Events_appended_together_are_in_the_stream_together()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, """{"type":"RequirementCreated","data":{}},{"type":"RequirementApproved","data":{} }""");
        Assert.Equal(["RequirementCreated", "RequirementApproved"], (await TypesAsync(client, Stream)).Take(2));
    }

    [Fact]
    public async Task D61_Three_events_a_second_apart_return_in_that_order()
    {
        using var client = system.NewTenant();
        foreach (var second in new[] { 0, 1, 2 })
        {
            await client.AppendAsync(Stream, $$"""{"type":"Step{{second}}","occurredAt":"2026-11-23T10:00:0{{second}}Z","data":{} }""");
        }

        Assert.Equal(["Step0", "Step1", "Step2"], await TypesAsync(client, Stream));
    }

    [Fact]
    public async Task D62_and_D63_What_was_acknowledged_is_in_the_store()
    {
        using var client = system.NewTenant();
        var one = await client.AppendAsync("Requirement/one", """{"type":"A","data":{} }""");
        var two = await client.AppendAsync("Requirement/two", """{"type":"A","data":{}},{"type":"B","data":{} }""");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (one.Status, two.Status));
        Assert.Equal(["A"], await TypesAsync(client, "Requirement/one"));
        Assert.Equal(["A", "B"], await TypesAsync(client, "Requirement/two"));
    }

    [Fact]
    public async Task D64_A_replay_gives_created_before_approved()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, """{"type":"RequirementCreated","occurredAt":"2026-11-23T10:00:00Z","data":{} }""");
        await client.AppendAsync(Stream, """{"type":"RequirementApproved","occurredAt":"2026-11-23T10:00:01Z","data":{} }""");
        Assert.Equal(["RequirementCreated", "RequirementApproved"], (await TypesAsync(client, Stream)).Take(2));
    }

    [Fact]
    public async Task D65_A_replay_of_an_unknown_aggregate_is_empty()
    {
        using var client = system.NewTenant();
        Assert.Empty((await client.ReadAsync("Requirement/unknown")).Events);
    }

    [Fact]
    public async Task D68_A_query_by_type_gives_all_of_that_type_and_no_other()
    {
        using var client = system.NewTenant();
        await client.AppendAsync("Requirement/1", """{"type":"RequirementCreated","data":{}},{"type":"RequirementApproved","data":{} }""");
        await client.AppendAsync("Requirement/2", """{"type":"RequirementApproved","data":{} }""");
        var found = await client.ListAsync("events?type=RequirementApproved");
        Assert.Equal(["RequirementApproved", "RequirementApproved"], found.Select(static e => e["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task D69_A_query_by_aggregate_type_gives_no_other_aggregates_events()
    {
        using var client = system.NewTenant();
        foreach (var id in new[] { 1, 2, 3 })
        {
            await client.AppendAsync($"Requirement/{id}", """{"type":"RequirementCreated","data":{} }""");
        }

        await client.AppendAsync("Release/1", """{"type":"ReleaseCreated","data":{} }""");
        var found = await client.ListAsync("events?aggregateType=Requirement");
        Assert.Equal(3, found.Count);
        Assert.All(found, static e => Assert.Equal("Requirement", e["aggregateType"]!.GetValue<string>()));
    }

    [Fact]
    public async Task D70_Nothing_has_happened_in_the_future()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, """{"type":"A","data":{} }""");
        var later = TimeProvider.System.GetUtcNow().AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(await client.ListAsync($"events?since={later}"));
    }

    [Fact]
    public async Task D71_Each_tenant_replays_its_own_stream_and_nothing_of_the_other()
    {
        using var first = system.NewTenant();
        using var second = system.NewTenant();
        await first.AppendAsync("Requirement/mine", """{"eventId":"own","type":"A","data":{"secret":1}}""");
        await second.AppendAsync("Requirement/theirs", """{"type":"A","data":{} }""");
        Assert.Equal("mine", Assert.Single((await first.ReadAsync("Requirement/mine")).Events)["aggregateId"]!.GetValue<string>());
        Assert.Equal("theirs", Assert.Single((await second.ReadAsync("Requirement/theirs")).Events)["aggregateId"]!.GetValue<string>());

        Assert.Empty((await second.ReadAsync("Requirement/mine")).Events);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync("events/own")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync("events/Requirement:mine:1")).Status);
        Assert.Single(await second.ListAsync("events"));
        Assert.Equal(1, (await second.GetAsync("event-count")).Json["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task D73_Two_more_events_are_two_more_in_the_count()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, """{"type":"A","data":{} }""");
        var before = (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>();
        await client.AppendAsync(Stream, """{"type":"A","data":{}},{"type":"B","data":{} }""");
        Assert.Equal(before + 2, (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>());
    }

    private static async Task<IEnumerable<string>> TypesAsync(TenantClient client, string stream) =>
        (await client.ReadAsync(stream)).Events.Select(static e => e["type"]!.GetValue<string>());
}
