using System.Net;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EndToEnd.Tests.Acceptance;

/// <summary>ACCEPTANCE.md section A, the event store service; the number of each scenario begins its name.</summary>
[Collection(SystemCollection.Name)]
public sealed class EventStoreServiceScenarios(SystemUnderTest system)
{
    private const string Created = """{"eventId":"e1","type":"RequirementCreated","data":{"title":"Login"}}""";
    private const string Approved = """{"eventId":"e2","type":"RequirementPublished","data":{"approver":"ada"}}""";
    private const string Stream = "Requirement/r1";

    [Fact]
    public async Task A01_An_appended_event_is_one_record_with_its_id_stream_and_tenant()
    {
        using var client = system.NewTenant();
        var answer = await client.AppendAsync(Stream, Created);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(client.Tenant, answer.Json["tenantId"]!.GetValue<string>());
        Assert.Equal(1, await CountAsync(client));
        var e = Assert.Single((await client.ReadAsync(Stream)).Events);
        Assert.Equal(("e1", "r1"), (Text(e, "eventId"), Text(e, "aggregateId")));
    }

    [Fact]
    public async Task A02_An_append_says_what_it_cost()
    {
        using var client = system.NewTenant();
        var answer = await client.AppendAsync(Stream, Created);
        var charge = double.Parse(answer.Headers.GetValues("X-Request-Charge").Single(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(charge, 1, 20);
    }

    [SkippableTheory]
    [InlineData(Created)]
    [InlineData(Created + "," + Approved)]
    public async Task A03_and_A06_A_store_that_rejects_writes_is_an_error_for_the_caller_and_nothing_is_stored(string events)
    {
        using var client = system.NewTenant();
        using (system.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch] }))
        {
            var answer = await client.AppendAsync(Stream, events);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (answer.Status, answer.Code));
            Assert.NotEmpty(answer.Headers.GetValues("Retry-After"));
        }

        Assert.Empty((await client.ReadAsync(Stream)).Events);
    }

    [SkippableFact]
    public async Task A04_Two_events_are_one_write()
    {
        using var client = system.NewTenant();
        // A second write, if there were one, would meet this fault.
        using var fault = system.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "events", Skip = 1 });
        Assert.Equal(HttpStatusCode.Created, (await client.AppendAsync(Stream, $"{Created},{Approved}")).Status);
        Assert.Equal(["e1", "e2"], (await client.ReadAsync(Stream)).Events.Select(e => Text(e, "eventId")));
    }

    [SkippableFact]
    public async Task A05_An_empty_list_is_refused_without_asking_the_database()
    {
        using var client = system.NewTenant();
        using var fault = system.Account.Faults.Add(new FaultRule { Fault = new StatusFault(500) });
        var answer = await client.AppendAsync(Stream, string.Empty);
        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed"), (answer.Status, answer.Code));
        Assert.NotNull(answer.Json["errors"]!["/events"]);
    }

    [Fact]
    public async Task A07_A_stream_is_read_by_its_own_name_and_tenant_only()
    {
        using var client = system.NewTenant();
        using var other = system.NewTenant();
        await client.AppendAsync(Stream, $"{Created},{Approved}");
        await client.AppendAsync("Requirement/r2", Created);
        await other.AppendAsync(Stream, Created);
        Assert.Equal(["e1", "e2"], (await client.ReadAsync(Stream)).Events.Select(e => Text(e, "eventId")));
    }

    [Fact]
    public async Task A08_A_stream_is_read_oldest_first()
    {
        using var client = system.NewTenant();
        foreach (var second in new[] { "01", "02", "02", "03" })
        {
            await client.AppendAsync(Stream, $$"""{"type":"Ticked","occurredAt":"2026-11-23T10:00:{{second}}Z","data":{} }""");
        }

        var events = (await client.ReadAsync(Stream)).Events;
        Assert.Equal([1, 2, 3, 4], events.Select(static e => e["version"]!.GetValue<int>()));
        Assert.Equal(events.Select(e => Text(e, "occurredAt")).Order(StringComparer.Ordinal), events.Select(e => Text(e, "occurredAt")));
    }

    [Fact]
    public async Task A09_An_unknown_stream_is_an_empty_list()
    {
        using var client = system.NewTenant();
        var answer = await client.ReadAsync("Requirement/nobody");
        Assert.Equal((HttpStatusCode.OK, 0, 0), (answer.Status, answer.Events.Count, answer.Version));
    }

    [Fact]
    public async Task A10_Since_is_strictly_later()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, """{"eventId":"at","type":"A","occurredAt":"2026-11-23T10:00:00Z","data":{} }""");
        await client.AppendAsync(Stream, """{"eventId":"after","type":"A","occurredAt":"2026-11-23T10:00:00.0000001Z","data":{} }""");
        Assert.Equal(["after"], (await client.ListAsync("events?since=2026-11-23T10:00:00Z")).Select(e => Text(e, "eventId")));
    }

    [Fact]
    public async Task A11_Events_are_found_by_type_within_the_tenant()
    {
        using var client = system.NewTenant();
        using var other = system.NewTenant();
        await client.AppendAsync(Stream, $"{Created},{Approved}");
        await other.AppendAsync(Stream, Approved);
        Assert.Equal(["e2"], (await client.ListAsync("events?type=RequirementPublished")).Select(e => Text(e, "eventId")));
    }

    [Fact]
    public async Task A12_Events_are_found_by_aggregate_type()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, Created);
        await client.AppendAsync("Release/x", """{"type":"ReleaseCreated","data":{} }""");
        Assert.Equal(["e1"], (await client.ListAsync("events?aggregateType=Requirement")).Select(e => Text(e, "eventId")));
    }

    [Fact]
    public async Task A13_Forty_two_events_are_counted()
    {
        using var client = system.NewTenant();
        await client.AppendAsync("Requirement/a", string.Join(',', Enumerable.Repeat("""{"type":"A","data":{} }""", 40)));
        await client.AppendAsync("Release/b", string.Join(',', Enumerable.Repeat("""{"type":"B","data":{} }""", 2)));
        Assert.Equal(42, await CountAsync(client));
    }

    private static async Task<long> CountAsync(TenantClient client) => (await client.GetAsync("event-count")).Json["count"]!.GetValue<long>();

    private static string Text(System.Text.Json.Nodes.JsonNode e, string name) => e[name]!.GetValue<string>();
}
