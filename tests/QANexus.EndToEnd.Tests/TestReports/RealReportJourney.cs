using System.Net;
using System.Net.Http.Headers;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.Testing.TestReports;

namespace QANexus.EndToEnd.Tests.TestReports;

/// <summary>
/// Every real report at hand, over HTTP. The expected figures were counted by a script of another language and XML library. Two durations were
/// judged by hand: that of the bad one leaves out a test of -345345 s, and that of the Swift one rounds each test to 100 ns.
/// </summary>
[Collection(SystemCollection.Name)]
public sealed class RealReportJourney(SystemUnderTest system)
{
    private static readonly Dictionary<string, (int Total, int Passed, int Failed, int Errored, int Skipped, decimal DurationMs)?> Expected = new(StringComparer.Ordinal)
    {
        ["dotnet-trx.trx"] = (11, 5, 5, 0, 1, 118.0096m),
        ["dotnet-xunitv3.trx"] = (4, 1, 3, 0, 0, 17.9331m),
        ["empty-dotnet-trx.trx"] = (0, 0, 0, 0, 0, 0),
        ["empty-java-junit.xml"] = (0, 0, 0, 0, 0, 0),
        ["empty-jest-junit.xml"] = (0, 0, 0, 0, 0, 0),
        ["empty-phpunit-empty.xml"] = (0, 0, 0, 0, 0, 0),
        ["external-FluentValidation.Tests.trx"] = (804, 803, 0, 0, 1, 3195.6823m),
        ["external-SilentNotes.trx"] = (79, 67, 0, 0, 12, 446.0035m),
        ["java-junit4-complete.xml"] = (8, 5, 1, 1, 1, 16082.687m),
        ["java-pulsar-test-report.xml"] = (808, 793, 1, 0, 14, 2126531),
        ["jenkins-TEST-io.olamy.FlakyTest.xml"] = (1, 1, 0, 0, 0, 1),
        ["jenkins-junit-report-1463.xml"] = (6, 6, 0, 0, 0, 1426000),
        ["jenkins-junit-report-1472.xml"] = (2653, 2652, 1, 0, 0, 0),
        ["jenkins-junit-report-20090516.xml"] = (8, 5, 0, 3, 0, 14367),
        ["jenkins-junit-report-bad-duration.xml"] = (2, 2, 0, 0, 0, 100000),
        ["jenkins-junit-report-empty-testcasename.xml"] = (1, 0, 1, 0, 0, 16),
        ["jenkins-junit-report-nested-testsuites.xml"] = (3, 2, 0, 1, 0, 6),
        ["jenkins-testXxe-xxe.xml"] = null,
        ["jest-jest-test-results.xml"] = (4239, 4207, 2, 0, 30, 592588),
        ["jest-junit.xml"] = (6, 1, 4, 0, 1, 7),
        ["phpunit-phpcheckstyle-phpunit.xml"] = (30, 28, 2, 0, 0, 41.478m),
        ["python-xunit-pytest.xml"] = (10, 6, 2, 0, 2, 7),
        ["swift-xunit.xml"] = (3, 2, 1, 0, 0, 220.4773m),
    };

    public static TheoryData<string> Files => [.. Expected.Keys];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Every_real_report_is_imported_as_it_adds_up_or_refused(string file)
    {
        Skip.If(ReportFiles.Folder is null, ReportFiles.Missing);
        using var client = system.NewTenant();

        var answer = await ImportAsync(client, file);

        if (Expected[file] is not { } expected)
        {
            Assert.Equal((HttpStatusCode.BadRequest, "malformed-request"), (answer.Status, answer.Code));
            Assert.Equal(0, await CountAsync(client));
            return;
        }

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var run = Assert.Single(answer.Json["testRuns"]!.AsArray())!;
        Assert.Equal(
            expected,
            (Number("total"), Number("passed"), Number("failed"), Number("errored"), Number("skipped"), run["durationMs"]!.GetValue<decimal>()));
        Assert.Equal(expected.Total + 3, await CountAsync(client));
        var state = (await client.GetAsync($"streams/TestRun/{run["id"]}/state")).Json["state"]!;
        Assert.Equal("COMPLETED", state["status"]!.GetValue<string>());
        Assert.Equal(
            (expected.Passed, expected.Failed + expected.Errored, expected.Errored, expected.Skipped, expected.DurationMs),
            (State("passedTests"), State("failedTests"), State("erroredTests"), State("skippedTests"), state["totalDurationMs"]!.GetValue<decimal>()));

        var again = await ImportAsync(client, file);

        Assert.Equal((HttpStatusCode.OK, true, answer.Json.ToJsonString()), (again.Status, again.IsReplay, again.Json.ToJsonString()));
        Assert.Equal(expected.Total + 3, await CountAsync(client));

        int Number(string member) => run[member]!.GetValue<int>();
        int State(string member) => state[member]!.GetValue<int>();
    }

    [SkippableFact]
    public void Every_file_at_hand_is_expected()
    {
        Skip.If(ReportFiles.Folder is null, ReportFiles.Missing);

        Assert.Equal(
            Directory.GetFiles(ReportFiles.Folder!).Select(Path.GetFileName).Order(StringComparer.Ordinal), Expected.Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<Answer> ImportAsync(TenantClient client, string file)
    {
        using var content = new StreamContent(File.OpenRead(Path.Combine(ReportFiles.Folder!, file)))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/xml") },
        };
        return await client.PostAsync("test-runs/import", content);
    }

    private static async Task<int> CountAsync(TenantClient client) => (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>();
}
