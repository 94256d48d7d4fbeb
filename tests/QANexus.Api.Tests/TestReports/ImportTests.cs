using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.TestReports;

public sealed class ImportTests
{
    [Fact]
    public async Task A_report_becomes_a_run_that_began_and_ended_and_is_for_the_sprint_and_release_named()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.ImportAsync(ReportRequests.Junit, "?sprintId=s-7&releaseId=r-2");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(
            $$"""{"testRuns":[{"id":"{{answer.RunId()}}","name":"nightly","total":5,"passed":2,"failed":1,"errored":1,"skipped":1,"durationMs":1001.5}]}""",
            answer.Text);
        var events = await host.ReadRunAsync(answer);
        string[] types = ["TestRunCreated", "TestRunStarted", .. Enumerable.Repeat("TestResultRecorded", 5), "TestRunCompleted"];
        Assert.Equal(types, events.Select(static e => e.Type));
        using var created = JsonDocument.Parse(events[0].Data);
        Assert.Equal(("s-7", "r-2"), (created.RootElement.GetProperty("sprintId").GetString(), created.RootElement.GetProperty("releaseId").GetString()));
        var state = (await host.GetAsync($"/api/v1/tenants/t1/streams/TestRun/{answer.RunId()}/state")).Json.GetProperty("state");
        Assert.Equal("COMPLETED", state.GetProperty("status").GetString());
        Assert.Equal((2, 2, 1, 1), (Number("passedTests"), Number("failedTests"), Number("erroredTests"), Number("skippedTests")));

        int Number(string member) => state.GetProperty(member).GetInt32();
    }

    [Fact]
    public async Task The_same_content_again_is_200_with_the_same_run_and_the_first_links_and_name_stand()
    {
        await using var host = await ApiHost.StartAsync();
        var report = "<testsuite><testcase name='a'/></testsuite>";
        var first = await host.ImportAsync(report, "?sprintId=s-1", fileName: "monday ü.xml");
        var events = await host.ReadRunAsync(first);

        var again = await host.ImportAsync(report, "?sprintId=s-2&releaseId=r-1", fileName: "tuesday.xml");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Equal("monday ü.xml", first.Json.GetProperty("testRuns")[0].GetProperty("name").GetString());
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal(events, await host.ReadRunAsync(again));
        Assert.Contains("\"sprintId\":\"s-1\"", events[0].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_any_name_is_called_by_its_id()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.ImportAsync("<testsuites/>");

        Assert.Equal(answer.RunId(), answer.Json.GetProperty("testRuns")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Tenants_share_no_runs()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.ImportAsync(ReportRequests.Junit);
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportRequests.Route.Replace("/t1/", "/t2/", StringComparison.Ordinal))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ReportRequests.Junit)) { Headers = { ContentType = new("text/xml") } },
        };

        var other = await host.SendAsync(request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, other.Status));
    }

    [Fact]
    public async Task A_report_of_a_run_that_broke_off_makes_a_run_that_is_incomplete()
    {
        await using var host = await ApiHost.StartAsync();
        const string aborted = """
            <TestRun name="n" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testName="a" outcome="Passed"/></Results>
            <ResultSummary outcome="Aborted"/></TestRun>
            """;

        var first = await host.ImportAsync(aborted);
        var again = await host.ImportAsync(aborted);

        var state = (await host.GetAsync($"/api/v1/tenants/t1/streams/TestRun/{first.RunId()}/state")).Json.GetProperty("state");
        Assert.True(state.GetProperty("incomplete").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Theory]
    [InlineData("application/xml", null, true)]
    [InlineData("Application/XML; charset=iso-8859-1", null, true)]
    [InlineData("text/xml", "identity", true)]
    [InlineData("application/octet-stream", null, true)]
    [InlineData("application/json", null, false)]
    [InlineData("multipart/form-data; boundary=x", null, false)]
    [InlineData("application/xml", "gzip", false)]
    [InlineData(null, null, false)]
    public async Task Xml_and_bytes_are_taken_as_they_are_and_nothing_else(string? mediaType, string? coding, bool isTaken)
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(ReportRequests.Junit));
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportRequests.Route) { Content = content };
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        var answer = await host.SendAsync(request);

        if (isTaken)
        {
            Assert.Equal(HttpStatusCode.Created, answer.Status);
        }
        else
        {
            answer.IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            Assert.Equal(0, await host.CountEventsAsync());
        }
    }

    [Theory]
    [InlineData("?sprintId=a%20b", "/query/sprintId")]
    [InlineData("?releaseId=..", "/query/releaseId")]
    [InlineData("?sprint=s1&sprintId=s1&sprintId=s2", "/query/sprint", "/query/sprintId")]
    public async Task What_is_wrong_with_a_link_is_said_before_the_report_is_read(string query, params string[] pointers)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.ImportAsync("no report at all", query)).IsInvalidAt(pointers);
    }

    [Theory]
    [InlineData("attachment; filename*=UTF-8''a%0Ab")]
    [InlineData("attachment; filename*=UTF-8''%F0%9F%98%80")]
    [InlineData("=;=")]
    public async Task A_file_name_that_is_none_is_refused(string disposition)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportRequests.Route)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ReportRequests.Junit)) { Headers = { ContentType = new("text/xml") } },
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);

        (await host.SendAsync(request)).IsInvalidAt("/header/Content-Disposition");
    }

    [Fact]
    public async Task A_report_that_says_to_be_larger_than_128_MiB_is_refused_unread()
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent([]) { Headers = { ContentLength = (128 * 1024 * 1024) + 1 } };

        (await host.ImportAsync(content)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
    }

    [Theory]
    [InlineData("TestRunCancelled")]
    [InlineData("TestRunAnalyzed")]
    public async Task What_happened_to_a_run_afterwards_does_not_make_its_report_new(string type)
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.ImportAsync(ReportRequests.Junit);
        var stream = $"/api/v1/tenants/t1/streams/TestRun/{first.RunId()}/events";
        await host.SendAsync(HttpMethod.Post, stream, $$"""{"events":[{"type":"{{type}}","data":{} }]}""");
        var count = await host.CountEventsAsync();

        var again = await host.ImportAsync(ReportRequests.Junit);

        Assert.Equal((HttpStatusCode.OK, first.Text), (again.Status, again.Text));
        Assert.Equal(count, await host.CountEventsAsync());
    }

    [Fact]
    public async Task A_run_of_the_same_id_that_is_not_of_this_report_is_in_the_way()
    {
        await using var host = await ApiHost.StartAsync();
        var id = (await host.ImportAsync(ReportRequests.Junit)).RunId();
        await using var other = await ApiHost.StartAsync();
        await other.SendAsync(
            HttpMethod.Post, $"/api/v1/tenants/t1/streams/TestRun/{id}/events", """{"events":[{"type":"TestRunCreated","data":{"expectedTestCount":1}}]}""");

        var refused = (await other.ImportAsync(ReportRequests.Junit)).IsProblem(HttpStatusCode.Conflict, "transition-not-allowed");

        Assert.Equal("testrun.exists", refused.Json.GetProperty("rule").GetString());
        Assert.Equal(1, await other.CountEventsAsync());
    }
}
