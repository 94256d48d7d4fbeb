using System.Net;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Events;

public sealed class EventQueryTests
{
    private const string Events = "/api/v1/tenants/t1/events";
    private const string Count = "/api/v1/tenants/t1/event-count";

    [Theory]
    [InlineData("", 6)]
    [InlineData("?type=A", 3)]
    [InlineData("?aggregateType=Bug", 2)]
    [InlineData("?type=A&aggregateType=Bug", 1)]
    [InlineData("?type=C", 0)]
    [InlineData("?since=2026-11-23T10:00:01Z", 2)]
    [InlineData("?until=2026-11-23T10:00:00Z", 2)]
    [InlineData("?since=2026-11-23T10:00:00Z&until=2026-11-23T10:00:01Z", 2)]
    [InlineData("?since=2026-11-23T10:00:03Z", 0)]
    [InlineData("?actor=development", 6)]
    [InlineData("?actor=development&type=A&direction=backward", 3)]
    [InlineData("?actor=somebody", 0)]
    public async Task Events_are_found_by_their_properties(string query, int expected)
    {
        await using var host = await WithEventsAsync();

        var page = await host.GetAsync(Events + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(expected, page.Events.Count);
        Assert.Null(page.NextLink);
    }

    [Fact]
    public async Task Following_next_links_finds_every_event_once_even_when_pages_end_inside_commits()
    {
        await using var host = await WithEventsAsync();

        var found = new List<string>();
        for (string? next = Events + "?maxCount=1&since=2026-11-23T09:00:00%2B00:00"; next is not null;)
        {
            var page = await host.GetAsync(next);
            found.AddRange(page.Events.Select(static e => e.GetProperty("eventId").GetString()!));
            next = page.NextLink;
            Assert.True(next is null || next.StartsWith("http://localhost" + Events + "?", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["Requirement:r1:1", "Requirement:r1:2", "Requirement:r2:1", "Requirement:r2:2", "Bug:b1:1", "Bug:b1:2"], found);
    }

    [Fact]
    public async Task The_newest_come_first_where_that_is_asked_for()
    {
        await using var host = await WithEventsAsync();

        var found = new List<string>();
        for (string? next = Events + "?maxCount=1&direction=backward&actor=development&until=2026-11-23T10:00:01Z"; next is not null;)
        {
            var page = await host.GetAsync(next);
            found.AddRange(page.Events.Select(static e => e.GetProperty("eventId").GetString()!));
            next = page.NextLink;
        }

        Assert.Equal(["Requirement:r2:2", "Requirement:r2:1", "Requirement:r1:2", "Requirement:r1:1"], found);
    }

    [Theory]
    [InlineData(Events + "?cursor={0}&type=A")]
    [InlineData(Events + "?cursor={0}&maxCount=1&since=2026-11-23T09:00:00Z")]
    [InlineData(Events + "?cursor={0}&direction=backward")]
    [InlineData(Events + "?cursor={0}&actor=development")]
    [InlineData("/api/v1/tenants/t2/events?cursor={0}&maxCount=1")]
    [InlineData(Events + "?cursor={0}x")]
    [InlineData(Events + "?cursor=garbage")]
    [InlineData(Events + "?cursor=%00")]
    public async Task A_cursor_of_another_query_or_tenant_or_none_at_all_is_refused(string url)
    {
        await using var host = await WithEventsAsync();
        var cursor = (await host.GetAsync(Events + "?maxCount=1")).NextLink!.Split("cursor=")[1];

        var answer = await host.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, cursor));

        answer.IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    [Fact]
    public async Task A_cursor_goes_on_with_steps_of_another_size()
    {
        await using var host = await WithEventsAsync();
        var next = (await host.GetAsync(Events + "?maxCount=1")).NextLink!;

        var rest = await host.GetAsync(next.Replace("maxCount=1", "maxCount=1000", StringComparison.Ordinal));

        Assert.Equal(5, rest.Events.Count);
    }

    [Fact]
    public async Task A_cursor_that_another_process_signed_with_a_newer_key_is_recognised()
    {
        await using var host = await WithEventsAsync();
        await using var other = await WithEventsAsync();
        await host.GetAsync(Events);
        host.Keys.Rotate();
        other.Keys.Rotate();
        await other.Keys.GetAsync(refresh: true, CancellationToken.None);
        var next = (await other.GetAsync(Events + "?maxCount=2")).NextLink!;

        Assert.Equal(2, (await host.GetAsync(next)).Events.Count);
        Assert.Equal(1, host.Keys.Refreshes);
    }

    [Theory]
    [InlineData("type=1", "type")]
    [InlineData("aggregateType=a-b", "aggregateType")]
    [InlineData("since=now", "since")]
    [InlineData("until=2026", "until")]
    [InlineData("maxCount=1001", "maxCount")]
    [InlineData("cursor=a&cursor=b", "cursor")]
    [InlineData("direction=up", "direction")]
    [InlineData("actor=a&actor=b", "actor")]
    [InlineData("order=forward", "order")]
    public async Task A_query_that_cannot_be_read_is_refused_by_name(string query, string name)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync($"{Events}?{query}")).IsInvalidAt("/query/" + name);
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("?type=A", 3)]
    [InlineData("?aggregateType=Bug&type=", 2)]
    [InlineData("?type=B&aggregateType=Requirement", 2)]
    public async Task Events_are_counted(string query, int expected)
    {
        await using var host = await WithEventsAsync();

        var answer = await host.GetAsync(Count + query);

        Assert.Equal($$"""{"count":{{expected}}}""", answer.Text);
        Assert.Equal("1.25", answer.Headers["X-Request-Charge"]);
    }

    [Fact]
    public async Task A_count_takes_no_other_condition()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync(Count + "?since=2026-11-23T10:00:00Z")).IsInvalidAt("/query/since");
    }

    [Theory]
    [InlineData("Requirement:r1:2", "Requirement:r1:2")]
    [InlineData("Bug%3Ab1%3A1", "Bug:b1:1")]
    public async Task An_event_is_found_by_its_id(string id, string expected)
    {
        await using var host = await WithEventsAsync();

        var answer = await host.GetAsync($"{Events}/{id}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(expected, answer.Json.GetProperty("eventId").GetString());
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_404_and_costs_what_the_look_up_cost()
    {
        await using var host = await WithEventsAsync();

        var answer = await host.GetAsync(Events + "/Requirement:r1:9");

        answer.IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal("1.25", answer.Headers["X-Request-Charge"]);
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a%2Fb")]
    [InlineData("A:b:0")]
    [InlineData("%20")]
    public async Task What_is_no_event_id_is_refused(string id)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync($"{Events}/{id}")).IsInvalidAt("/path/eventId");
    }

    /// <summary>Two events each in r1, r2 and b1, stored one second apart.</summary>
    private static async Task<ApiHost> WithEventsAsync()
    {
        var host = await ApiHost.StartAsync();
        foreach (var stream in (string[])["Requirement/r1", "Requirement/r2", "Bug/b1"])
        {
            var answer = await host.SendAsync(
                HttpMethod.Post, $"/api/v1/tenants/t1/streams/{stream}/events", """{"events":[{"type":"A","data":{}},{"type":"B","data":{}}]}""");
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return host;
    }
}
