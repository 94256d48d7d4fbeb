using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Stores;
using QANexus.Testing.Time;

namespace QANexus.Api.Tests.Events;

/// <summary>Events as a newer build reads them, and the newer build's refusals.</summary>
public sealed class UpcastingTests
{
    private const string Tenant = "/api/v1/tenants/t1";

    private static readonly EventType Approved = EventType.Parse("RequirementApproved");
    private static readonly EventType Published = EventType.Parse("RequirementPublished");
    private static readonly EventType Legacy = EventType.Parse("ReqApproved");
    private static readonly EventType Both = EventType.Parse("ReqApprovedAndPublished");
    private static readonly EventType Noise = EventType.Parse("Noise");
    private static readonly EventType Broken = EventType.Parse("Broken");

    [Fact]
    public async Task A_stream_is_read_in_its_latest_form_or_as_stored()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, ("ReqApproved", 1, """{"name":1.50}"""), ("Noise", 1, "{}"), ("ReqApprovedAndPublished", 1, """{"by":"ann"}"""));

        Assert.Equal(
            [
                """Requirement:req-1:1 RequirementApproved v2 {"title":1.50,"role":"REVIEWER"}""",
                """Requirement:req-1:3.1 RequirementApproved v2 {"by":"ann","role":"REVIEWER"}""",
                """Requirement:req-1:3.2 RequirementPublished v1 {}""",
            ],
            await EventsAsync(host, ApiHost.Stream));
        Assert.Equal(
            [
                """Requirement:req-1:1 ReqApproved v1 {"name":1.50}""",
                "Requirement:req-1:2 Noise v1 {}",
                """Requirement:req-1:3 ReqApprovedAndPublished v1 {"by":"ann"}""",
            ],
            await EventsAsync(host, ApiHost.Stream + "?upcast=false"));
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("backward")]
    public async Task Pages_of_a_stream_are_cut_by_stored_events_so_that_parts_stay_together(string direction)
    {
        await using var host = await StartAsync();
        await AppendAsync(host, [.. Enumerable.Range(0, 7).Select(static n => (n % 3 == 0 ? "ReqApprovedAndPublished" : n % 3 == 1 ? "Noise" : "Plain", 1, "{}"))]);

        List<string> forward = [.. await EventsAsync(host, ApiHost.Stream)];
        var paged = new List<string>();
        var pages = new List<int>();
        for (var url = $"{ApiHost.Stream}?maxCount=2&direction={direction}"; url is not null;)
        {
            var page = (await host.GetAsync(url)).Json;
            paged.AddRange(page.GetProperty("value").EnumerateArray().Select(Line));
            pages.Add(page.GetProperty("value").GetArrayLength());
            url = page.TryGetProperty("nextLink", out var next) ? next.GetString() : null;
        }

        Assert.Equal(direction is "forward" ? forward : Enumerable.Reverse(forward), paged);
        Assert.Equal(direction is "forward" ? [2, 3, 1, 2] : [3, 2, 1, 2], pages);
        Assert.Equal(7, (await host.GetAsync(ApiHost.Stream)).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_query_by_type_finds_whatever_is_read_as_that_type_and_nothing_under_a_lost_name()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, ("ReqApproved", 1, "{}"), ("RequirementApproved", 2, "{}"), ("ReqApprovedAndPublished", 1, "{}"), ("RequirementPublished", 1, "{}"), ("Noise", 1, "{}"));

        Assert.Equal(
            ["Requirement:req-1:1", "Requirement:req-1:2", "Requirement:req-1:3.1"],
            Ids(await EventsAsync(host, $"{Tenant}/events?type=RequirementApproved")));
        Assert.Equal(["Requirement:req-1:3.2", "Requirement:req-1:4"], Ids(await EventsAsync(host, $"{Tenant}/events?type=RequirementPublished")));
        Assert.Empty(await EventsAsync(host, $"{Tenant}/events?type=ReqApproved"));
        Assert.Empty(await EventsAsync(host, $"{Tenant}/events?type=Noise"));
        Assert.Equal(["Requirement:req-1:1"], Ids(await EventsAsync(host, $"{Tenant}/events?type=ReqApproved&upcast=false")));
        Assert.Equal(["Requirement:req-1:5"], Ids(await EventsAsync(host, $"{Tenant}/events?type=Noise&upcast=false")));
    }

    [Fact]
    public async Task Counts_are_of_events_as_stored()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, ("ReqApproved", 1, "{}"), ("ReqApprovedAndPublished", 1, "{}"), ("Noise", 1, "{}"));

        Assert.Equal(3, (await host.GetAsync($"{Tenant}/event-count")).Json.GetProperty("count").GetInt32());
        Assert.Equal(1, (await host.GetAsync($"{Tenant}/event-count?type=ReqApproved")).Json.GetProperty("count").GetInt32());
        Assert.Equal(0, (await host.GetAsync($"{Tenant}/event-count?type=RequirementApproved")).Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Pages_of_a_query_go_on_over_events_that_are_dropped()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, [.. Enumerable.Range(0, 25).Select(static n => (n % 5 == 0 ? "ReqApproved" : "Noise", 1, "{}"))]);

        var found = new List<string>();
        for (var url = $"{Tenant}/events?maxCount=2"; url is not null;)
        {
            var page = (await host.GetAsync(url)).Json;
            Assert.InRange(page.GetProperty("value").GetArrayLength(), 0, 2);
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(Line));
            url = page.TryGetProperty("nextLink", out var next) ? next.GetString() : null;
        }

        Assert.Equal(["Requirement:req-1:1", "Requirement:req-1:6", "Requirement:req-1:11", "Requirement:req-1:16", "Requirement:req-1:21"], Ids(found));
    }

    [Fact]
    public async Task A_part_is_found_by_its_id_and_its_whole_is_a_404_that_names_the_parts()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, ("ReqApprovedAndPublished", 1, "{}"), ("Noise", 1, "{}"), ("ReqApproved", 1, "{}"));

        Assert.Equal("Requirement:req-1:1.2 RequirementPublished v1 {}", Line((await host.GetAsync($"{Tenant}/events/Requirement:req-1:1.2")).Json));
        Assert.StartsWith("Requirement:req-1:3 RequirementApproved v2", Line((await host.GetAsync($"{Tenant}/events/Requirement:req-1:3")).Json), StringComparison.Ordinal);
        var whole = (await host.GetAsync($"{Tenant}/events/Requirement:req-1:1")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(
            "The event 'Requirement:req-1:1' is split: its parts are 'Requirement:req-1:1.1', 'Requirement:req-1:1.2'.", whole.Json.GetProperty("detail").GetString());
        foreach (var missing in (string[])["Requirement:req-1:1.3", "Requirement:req-1:1.0", "Requirement:req-1:1.1.1", "Requirement:req-1:2", "Requirement:req-1:3.1"])
        {
            var answer = await host.GetAsync($"{Tenant}/events/{missing}");
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{missing}: {answer.Text}");
        }

        Assert.Equal("Requirement:req-1:1 ReqApprovedAndPublished v1 {}", Line((await host.GetAsync($"{Tenant}/events/Requirement:req-1:1?upcast=false")).Json));
        Assert.Equal("Requirement:req-1:2 Noise v1 {}", Line((await host.GetAsync($"{Tenant}/events/Requirement:req-1:2?upcast=false")).Json));
    }

    [Fact]
    public async Task Parts_of_an_event_with_an_id_of_its_own_are_found_unless_another_has_that_very_id()
    {
        await using var host = await StartAsync();
        await host.AppendAsync("""{"events":[{"eventId":"mine","type":"ReqApprovedAndPublished","schemaVersion":1,"data":{}},{"eventId":"mine.2","type":"Plain","data":{}}]}""");

        Assert.StartsWith("mine.1 RequirementApproved", Line((await host.GetAsync($"{Tenant}/events/mine.1")).Json), StringComparison.Ordinal);
        Assert.StartsWith("mine.2 Plain", Line((await host.GetAsync($"{Tenant}/events/mine.2")).Json), StringComparison.Ordinal);
        (await host.GetAsync($"{Tenant}/events/mine.3")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_upcast_parameter_that_is_neither_true_nor_false_is_refused()
    {
        await using var host = await StartAsync();

        foreach (var url in (string[])[ApiHost.Stream, $"{Tenant}/events", $"{Tenant}/events/mine"])
        {
            var refused = (await host.GetAsync(url + "?upcast=no")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");
            Assert.True(refused.Json.GetProperty("errors").TryGetProperty("/query/upcast", out _));
        }
    }

    [Fact]
    public async Task A_step_that_fails_fails_the_read_and_names_type_version_and_step_but_nothing_of_the_event()
    {
        await using var host = await StartAsync();
        await AppendAsync(host, ("Plain", 1, "{}"), ("Broken", 1, """{"name":"Grace Hopper"}"""));

        foreach (var url in (string[])[ApiHost.Stream, $"{Tenant}/events", $"{Tenant}/events/Requirement:req-1:2"])
        {
            var failed = (await host.GetAsync(url)).IsProblem(HttpStatusCode.InternalServerError, "upcasting-failed");
            Assert.Equal("Broken", failed.Json.GetProperty("eventType").GetString());
            Assert.Equal(1, failed.Json.GetProperty("schemaVersion").GetInt32());
            Assert.Equal("Broken v1 to v2", failed.Json.GetProperty("step").GetString());
            Assert.DoesNotContain("Hopper", failed.Text, StringComparison.Ordinal);
        }

        var logged = host.Logs.OfApi.First(static entry => entry is { Level: LogLevel.Error, EventId: 2006 });
        Assert.Contains("Broken v1 to v2", logged.Message, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", logged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Entries, static entry => entry.Message.Contains("Hopper", StringComparison.Ordinal) || entry.Exception is not null);
        Assert.Equal(2, (await EventsAsync(host, ApiHost.Stream + "?upcast=false")).Count);
    }

    [Fact]
    public async Task An_append_is_stored_in_the_latest_version_that_is_known_unless_it_names_an_older_one()
    {
        await using var host = await StartAsync();
        await host.AppendAsync("""{"events":[{"type":"RequirementApproved","data":{}},{"type":"RequirementApproved","schemaVersion":1,"data":{}},{"type":"Unheard","data":{}},{"type":"Unheard","schemaVersion":9,"data":{}}]}""");

        Assert.Equal(
            ["RequirementApproved v2", "RequirementApproved v1", "Unheard v1", "Unheard v9"],
            (await EventsAsync(host, ApiHost.Stream + "?upcast=false")).Select(static line => string.Join(' ', line.Split(' ')[1..3])));
        Assert.Equal(["RequirementApproved v2", "RequirementApproved v2", "Unheard v1", "Unheard v9"], (await EventsAsync(host, ApiHost.Stream)).Select(static line => string.Join(' ', line.Split(' ')[1..3])));
    }

    [Fact]
    public async Task An_append_in_a_version_newer_than_known_is_a_422_that_names_it_and_writes_nothing()
    {
        await using var host = await StartAsync();

        var refused = (await host.AppendAsync("""{"events":[{"type":"Plain","data":{}},{"type":"RequirementApproved","schemaVersion":3,"data":{}}]}"""))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "schema-version-unknown");

        Assert.Equal(("RequirementApproved", 3), (refused.Json.GetProperty("eventType").GetString(), refused.Json.GetProperty("schemaVersion").GetInt32()));
        Assert.Empty(await EventsAsync(host, ApiHost.Stream));
    }

    [Fact]
    public async Task A_stored_event_in_a_version_newer_than_known_is_an_error_of_every_read_of_it()
    {
        // The newer build's store, and this build's reads around it.
        var time = new ManualTimeProvider(ApiHost.Start);
        await using var host = await StartAsync(services => services.AddSingleton<IEventStore>(
            provider => new NewerBuild(new InMemoryEventStore(time), provider.GetRequiredService<EventUpcaster>())));
        await AppendAsync(host, ("Plain", 1, "{}"), ("RequirementApproved", 3, "{}"));

        foreach (var url in (string[])[ApiHost.Stream, $"{Tenant}/events?type=RequirementApproved", $"{Tenant}/events/Requirement:req-1:2"])
        {
            var failed = (await host.GetAsync(url)).IsProblem(HttpStatusCode.InternalServerError, "upcasting-failed");
            Assert.Equal(("RequirementApproved", 3), (failed.Json.GetProperty("eventType").GetString(), failed.Json.GetProperty("schemaVersion").GetInt32()));
            Assert.Contains("newer than this build", failed.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("Requirement:req-1:1 Plain v1 {}", Assert.Single(await EventsAsync(host, ApiHost.Stream + "?toVersion=1")));
        Assert.Equal(2, (await EventsAsync(host, ApiHost.Stream + "?upcast=false")).Count);
    }

    [Fact]
    public async Task Types_that_are_not_known_are_refused_where_the_host_says_so()
    {
        await using var host = await StartAsync(configure: static services =>
            services.Configure<EventCatalogOptions>(static options => options.UnknownTypes = UnknownEventTypes.Refused));

        var refused = (await host.AppendAsync("""{"events":[{"type":"Plain","data":{}},{"type":"Unheard","data":{}}]}""")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal("/events/1/type", Assert.Single(refused.Json.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync("""{"events":[{"type":"Plain","data":{}}]}""")).Status);
    }

    private static Task<ApiHost> StartAsync(Action<IServiceCollection>? configure = null) => ApiHost.StartAsync(services =>
    {
        services.AddEventTypes(Describe);
        configure?.Invoke(services);
    });

    private static void Describe(EventCatalogBuilder types)
    {
        types.Add(EventType.Parse("Plain"));
        types.Add(Approved).From(1).To(2, static data => data["role"] = "REVIEWER");
        types.Add(Published);
        types.Add(Legacy).From(1).RenameTo(Approved, 1, static (data, _) =>
        {
            data["title"] = data["name"]?.DeepClone();
            data.Remove("name");
        });
        types.Add(Both).From(1).SplitInto(static parts => parts.Into(Approved, 1, static (data, _) => data).Into(Published, 1, static (_, _) => new JsonObject()));
        types.Add(Noise).From(1).Drop();
        types.Add(Broken).From(1).To(2, static data => throw new FormatException($"'{data["name"]}' is not a number."));
    }

    private static async Task AppendAsync(ApiHost host, params (string Type, int Version, string Data)[] events)
    {
        var body = string.Join(',', events.Select(static e => $$"""{"type":"{{e.Type}}","schemaVersion":{{e.Version}},"data":{{e.Data}}}"""));
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync($$"""{"events":[{{body}}]}""")).Status);
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(ApiHost host, string url) =>
        [.. (await host.GetAsync(url)).Json.GetProperty("value").EnumerateArray().Select(Line)];

    private static IEnumerable<string> Ids(IEnumerable<string> lines) => lines.Select(static line => line.Split(' ')[0]);

    private static string Line(System.Text.Json.JsonElement e) =>
        $"{e.GetProperty("eventId").GetString()} {e.GetProperty("type").GetString()} v{e.GetProperty("schemaVersion").GetInt32()} {e.GetProperty("data").GetRawText()}";

    private sealed class NewerBuild(InMemoryEventStore written, EventUpcaster upcaster) : IEventStore
    {
        public ITenantEventStore ForTenant(TenantId tenant) => new UpcastingTenantEventStore(written.ForTenant(tenant), upcaster);
    }
}
