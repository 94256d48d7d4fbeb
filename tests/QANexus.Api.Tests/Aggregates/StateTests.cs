using System.Net;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Aggregates;

public sealed class StateTests
{
    private const string State = "/api/v1/tenants/t1/streams/Requirement/req-1/state";

    [Fact]
    public async Task The_state_of_an_aggregate_is_folded_with_the_ETag_to_build_on()
    {
        await using var host = await StartAsync();

        var state = await host.GetAsync(State);

        Assert.Equal(
            """
            {"aggregateType":"Requirement","aggregateId":"req-1","version":4,"commit":3,"state":{"status":"Approved","title":"Log in","score":85,"analyses":1,"average":85,"effort":0,"approvedBy":"development","notes":[]}}
            """,
            state.Text);
        Assert.Equal("no-store", state.Headers["Cache-Control"]);
        Assert.Equal(HttpStatusCode.NotModified, (await host.GetAsync(State, ("If-None-Match", state.ETag))).Status);
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(Event("RequirementNoted", """{"text":"x"}"""), ("If-Match", state.ETag))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(State, ("If-None-Match", state.ETag))).Status);
    }

    [Theory]
    [InlineData("version=1", 1, 1, "Draft", "Sign in")]
    [InlineData("version=2", 2, 2, "Draft", "Sign in")]
    [InlineData("version=3", 3, 2, "Draft", "Log in")]
    [InlineData("version=4", 4, 3, "Approved", "Log in")]
    [InlineData("asOf=2026-11-23T10:00:00Z", 1, 1, "Draft", "Sign in")]
    [InlineData("asOf=2026-11-23T10:01:30Z", 3, 2, "Draft", "Log in")]
    [InlineData("asOf=2030-01-01T00:00:00Z", 4, 3, "Approved", "Log in")]
    public async Task A_state_of_the_past_is_folded_even_inside_a_commit_and_is_nothing_to_build_on(
        string query, int version, int commit, string status, string title)
    {
        await using var host = await StartAsync();

        var state = await host.GetAsync($"{State}?{query}", ("If-None-Match", "*"));

        Assert.Equal((version, commit), (state.Json.GetProperty("version").GetInt32(), state.Json.GetProperty("commit").GetInt32()));
        Assert.Equal(status, state.Json.GetProperty("state").GetProperty("status").GetString());
        Assert.Equal(title, state.Json.GetProperty("state").GetProperty("title").GetString());
        Assert.False(state.Headers.ContainsKey("ETag"));
    }

    [Theory]
    [InlineData("streams/Requirement/none/state")]
    [InlineData("streams/Requirement/req-1/state?version=5")]
    [InlineData("streams/Requirement/req-1/state?asOf=2026-11-23T09:59:59Z")]
    [InlineData("streams/Sprint/s1/state")]
    public async Task Where_there_is_nothing_to_fold_it_is_not_found(string route)
    {
        await using var host = await StartAsync();

        (await host.GetAsync("/api/v1/tenants/t1/" + route)).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("version=0", "/query/version")]
    [InlineData("version=x", "/query/version")]
    [InlineData("asOf=yesterday", "/query/asOf")]
    [InlineData("version=1&asOf=2026-11-23T10:00:00Z", "/query/asOf")]
    [InlineData("atLeast=7.x", "/query/atLeast")]
    [InlineData("toVersion=1", "/query/toVersion")]
    public async Task A_query_that_cannot_be_read_is_refused_with_its_place(string query, string pointer)
    {
        await using var host = await StartAsync();

        var answer = (await host.GetAsync($"{State}?{query}")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal(pointer, Assert.Single(answer.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_position_that_is_not_reached_is_a_503()
    {
        await using var host = await StartAsync();

        Assert.Equal(4, (await host.GetAsync(State + "?atLeast=4.3")).Json.GetProperty("version").GetInt32());
        (await host.GetAsync(State + "?atLeast=5.4")).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }

    [Fact]
    public async Task An_event_that_cannot_be_folded_is_named_and_logged_without_its_data()
    {
        await using var host = await StartAsync();
        await host.AppendAsync(Event("RequirementAnalyzed", """{"score":"secret"}"""));

        var answer = (await host.GetAsync(State)).IsProblem(HttpStatusCode.InternalServerError, "internal-error");

        Assert.Equal("Event 5 of the stream, a RequirementAnalyzed, cannot be folded into its aggregate; nothing was written.", answer.Json.GetProperty("detail").GetString());
        Assert.Contains("RequirementAnalyzed", Assert.Single(host.Logs.OfApi, static entry => entry.EventId == 2008).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Entries, static entry => $"{entry.Message}{entry.Exception}".Contains("secret", StringComparison.Ordinal));
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        await host.AppendAsync(Event("RequirementCreated", """{"title":"Sign in"}"""));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.AppendAsync(
            """
            {"events":[{"type":"RequirementAnalyzed","data":{"score":85}},{"type":"RequirementRenamed","data":{"from":"Sign in","to":"Log in"}}]}
            """);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.AppendAsync(Event("RequirementApproved", "{}"));
        return host;
    }

    private static string Event(string type, string data) => $$"""{"events":[{"type":"{{type}}","data":{{data}}}]}""";
}
