using System.Net.Http.Headers;
using System.Text;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.TestReports;

/// <summary>Imports as tests send them.</summary>
internal static class ReportRequests
{
    public const string Route = "/api/v1/tenants/t1/test-runs/import";

    /// <summary>Two passed, one failed, one broke, one skipped.</summary>
    public const string Junit = """
        <testsuites name="nightly"><testsuite name="s">
        <testcase name="a" classname="C" time="0.0015"/><testcase name="b" classname="C" time="1"/><testcase name="c" classname="C"><failure message="no"/></testcase>
        <testcase name="d" classname="C"><error message="broken"/></testcase><testcase name="e" classname="C"><skipped/></testcase>
        </testsuite></testsuites>
        """;

    public static Task<ApiAnswer> ImportAsync(this ApiHost host, string report, string query = "", string? fileName = null) =>
        host.ImportAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(report)), query, fileName);

    public static async Task<ApiAnswer> ImportAsync(this ApiHost host, HttpContent report, string query = "", string? fileName = null)
    {
        report.Headers.ContentType ??= new MediaTypeHeaderValue("application/xml");
        report.Headers.ContentDisposition = fileName is null ? null : new ContentDispositionHeaderValue("attachment") { FileNameStar = fileName };
        using var request = new HttpRequestMessage(HttpMethod.Post, Route + query) { Content = report };
        return await host.SendAsync(request);
    }

    /// <summary>A report of so many tests that passed.</summary>
    public static string Tests(int count) =>
        $"<testsuite name='many'>{string.Concat(Enumerable.Range(0, count).Select(static n => $"<testcase name='t{n}' time='0.001'/>"))}</testsuite>";

    public static async Task<List<(string Type, string Data)>> ReadRunAsync(this ApiHost host, ApiAnswer imported)
    {
        var events = new List<(string, string)>();
        var next = $"/api/v1/tenants/t1/streams/TestRun/{imported.RunId()}/events?maxCount=1000";
        while (next is not null)
        {
            var page = await host.GetAsync(next);
            events.AddRange(page.Events.Select(static e => (e.GetProperty("type").GetString()!, e.GetProperty("data").GetRawText())));
            next = page.NextLink;
        }

        return events;
    }

    public static async Task<long> CountEventsAsync(this ApiHost host) =>
        (await host.GetAsync("/api/v1/tenants/t1/event-count")).Json.GetProperty("count").GetInt64();

    public static string RunId(this ApiAnswer imported) => imported.Json.GetProperty("testRuns")[0].GetProperty("id").GetString()!;
}
