using System.Net;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Snapshots;

public sealed class SnapshotTests
{
    private const string Snapshot = "/api/v1/tenants/t1/streams/Requirement/req-1/snapshot";

    [Fact]
    public async Task A_client_gets_back_the_snapshot_that_it_kept()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        (await host.GetAsync(Snapshot)).IsProblem(HttpStatusCode.NotFound, "not-found");

        var kept = await host.SendAsync(HttpMethod.Put, Snapshot, """{"version":1,"schema":"board/2","state":{"n":1.10,"ü":["x"]}}""");
        var read = await host.GetAsync(Snapshot);

        Assert.Equal(HttpStatusCode.Created, kept.Status);
        Assert.Equal("http://localhost" + Snapshot, kept.Headers["Location"]);
        Assert.Equal(
            """
            {"aggregateType":"Requirement","aggregateId":"req-1","version":1,"schema":"board/2","storedAt":"2026-11-23T10:00:00Z","state":{"n":1.10,"ü":["x"]}}
            """,
            read.Text);
        Assert.Equal(kept.Text, read.Text);
        Assert.Equal(kept.ETag, read.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await host.GetAsync(Snapshot, ("If-None-Match", read.ETag))).Status);
    }

    [Fact]
    public async Task A_newer_one_takes_its_place_and_an_older_one_never_does()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        await host.AppendAsync();
        var first = await PutAsync(host, 2, "{}");
        var second = await PutAsync(host, 2, """{"again":true}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(second.ETag, (await host.GetAsync(Snapshot, ("If-None-Match", first.ETag))).ETag);
        var older = (await PutAsync(host, 1, "{}")).IsProblem(HttpStatusCode.Conflict, "invariant-violated");
        Assert.Equal(("snapshot.older", 2), (older.Json.GetProperty("rule").GetString(), older.Json.GetProperty("currentVersion").GetInt32()));
        var beyond = (await PutAsync(host, 3, "{}")).IsProblem(HttpStatusCode.Conflict, "invariant-violated");
        Assert.Equal(("snapshot.beyond_end", 2), (beyond.Json.GetProperty("rule").GetString(), beyond.Json.GetProperty("currentVersion").GetInt32()));
        (await host.SendAsync(HttpMethod.Put, Snapshot.Replace("req-1", "none", StringComparison.Ordinal), """{"version":1,"schema":"s","state":{}}"""))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("""{"version":0,"schema":"s","state":{}}""", "/version")]
    [InlineData("""{"version":1.5,"schema":"s","state":{}}""", "/version")]
    [InlineData("""{"version":"1","schema":"s","state":{}}""", "/version")]
    [InlineData("""{"schema":"s","state":{}}""", "/version")]
    [InlineData("""{"version":1,"schema":"","state":{}}""", "/schema")]
    [InlineData("""{"version":1,"schema":"two words","state":{}}""", "/schema")]
    [InlineData("""{"version":1,"schema":7,"state":{}}""", "/schema")]
    [InlineData("""{"version":1,"schema":"s","state":[]}""", "/state")]
    [InlineData("""{"version":1,"schema":"s","state":{"n":12345678901234567890}}""", "/state/n")]
    [InlineData("""{"version":1,"schema":"s","state":{"a":1,"a":2}}""", "/state/a")]
    [InlineData("""{"version":1,"schema":"s","state":{},"by":"me"}""", "/by")]
    [InlineData("[]", "")]
    public async Task A_body_that_is_no_snapshot_is_refused_with_its_place(string body, string pointer)
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();

        var answer = (await host.SendAsync(HttpMethod.Put, Snapshot, body)).IsProblem(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal(pointer, Assert.Single(answer.Json.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(Snapshot)).Status);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_or_too_large_or_of_another_type_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();

        (await host.SendAsync(HttpMethod.Put, Snapshot, "{")).IsProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await PutAsync(host, 1, $$"""{"s":"{{new string('x', 1024 * 1024)}}"}""")).IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
        using var request = new HttpRequestMessage(HttpMethod.Put, Snapshot) { Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain")) };
        (await host.SendAsync(request)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await host.SendAsync(HttpMethod.Put, Snapshot + "?force=true", "{}")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task What_clients_keep_has_no_part_in_the_state()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync("""{"events":[{"type":"RequirementCreated","data":{"title":"Sign in"}}]}""");
        await PutAsync(host, 1, """{"title":"Forged","status":"Approved"}""");

        var state = await host.GetAsync(Snapshot.Replace("snapshot", "state", StringComparison.Ordinal));

        Assert.Equal("Sign in", state.Json.GetProperty("state").GetProperty("title").GetString());
    }

    private static Task<ApiAnswer> PutAsync(ApiHost host, int version, string state) =>
        host.SendAsync(HttpMethod.Put, Snapshot, $$"""{"version":{{version}},"schema":"s","state":{{state}}}""");
}
