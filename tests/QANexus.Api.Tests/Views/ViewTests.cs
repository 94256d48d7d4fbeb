using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.Api.Tests.Views;

public sealed class ViewTests
{
    private const string View = "/api/v1/tenants/t1/views/stream-list";

    [Fact]
    public async Task A_document_comes_with_its_data_as_it_was_written_and_the_position_it_has_reached()
    {
        await using var host = await ApiHost.StartAsync();
        host.ReadModels.Documents.Add(ScriptedReadModels.Document(
            "Bug:b1", new ViewPosition(StreamId.Parse("Bug:b1"), 3, 7, ApiHost.Start)));

        var answer = await host.GetAsync($"{View}/Bug:b1");

        Assert.Equal(
            """{"id":"Bug:b1","data":{"n":1.10},"position":{"aggregateType":"Bug","aggregateId":"b1","version":7,"commit":3,"storedAt":"2026-11-23T10:00:00Z"}}""",
            answer.Text);
        Assert.Equal("1.50", answer.Headers["X-Request-Charge"]);
    }

    [Fact]
    public async Task A_view_is_paged_by_links_that_nobody_else_can_use()
    {
        await using var host = await ApiHost.StartAsync();
        host.ReadModels.Documents.AddRange(new[] { "a", "b", "c" }.Select(static id => ScriptedReadModels.Document(id)));

        var first = await host.GetAsync($"{View}?maxCount=2");
        var link = first.Json.GetProperty("nextLink").GetString()!;
        var second = await host.GetAsync(link);

        Assert.Equal(["a", "b"], first.Json.GetProperty("value").EnumerateArray().Select(static d => d.GetProperty("id").GetString()));
        Assert.Equal("c", Assert.Single(second.Json.GetProperty("value").EnumerateArray()).GetProperty("id").GetString());
        Assert.False(second.Json.TryGetProperty("nextLink", out _));
        foreach (var stolen in new[] { link.Replace("/t1/", "/t2/", StringComparison.Ordinal), link.Replace("stream-list", "audit-trail", StringComparison.Ordinal), link + "x" })
        {
            var refused = await host.GetAsync(stolen);
            Assert.Equal((HttpStatusCode.BadRequest, "cursor-invalid"), (refused.Status, refused.Json.GetProperty("code").GetString()));
        }
    }

    [Theory]
    [InlineData("Bug:b1@%227.3.abc%22", "Bug:b1 7.3")]
    [InlineData("Bug:a@b@7.3", "Bug:a@b 7.3")]
    public async Task A_reader_can_wait_for_a_position(string atLeast, string asked)
    {
        await using var host = await ApiHost.StartAsync();
        host.ReadModels.Documents.Add(ScriptedReadModels.Document("x"));

        await host.GetAsync($"{View}/x?atLeast={atLeast}");
        host.ReadModels.IsBehind = true;
        var late = await host.GetAsync($"{View}?atLeast={atLeast}");

        Assert.All(host.ReadModels.Asked, said => Assert.Equal(asked, said));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (late.Status, late.Headers["Retry-After"]));
    }

    [Theory]
    [InlineData("/api/v1/tenants/t1/views/Stream", 400)]
    [InlineData("/api/v1/tenants/t1/views/nothing", 404)]
    [InlineData(View + "/nothing", 404)]
    [InlineData(View + "/no%20id", 400)]
    [InlineData(View + "?atLeast=7.3.abc", 400)]
    [InlineData(View + "?atLeast=Bug:b1@7", 400)]
    [InlineData(View + "?maxCount=1001", 400)]
    [InlineData(View + "?other=1", 400)]
    [InlineData(View + "/rebuild", 404)]
    public async Task What_is_not_there_or_not_right_is_a_problem(string path, int status)
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(status, (int)(await host.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_rebuild_is_accepted_and_tells_how_far_it_is()
    {
        await using var host = await ApiHost.StartAsync();

        var accepted = await host.SendAsync(HttpMethod.Post, $"{View}/rebuild");
        host.ReadModels.Rebuild = host.ReadModels.Rebuild! with { State = RebuildState.Building, Done = 2 };
        var status = await host.GetAsync(accepted.Headers["Location"]);

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal("""{"view":"stream-list","state":"building","done":2,"total":3,"startedAt":"2026-11-23T10:00:00Z"}""", status.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t1/views/audit-trail/rebuild")).Status);
    }
}
