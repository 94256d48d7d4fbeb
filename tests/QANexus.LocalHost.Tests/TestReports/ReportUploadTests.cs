using System.Text.Json;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Importing;
using QANexus.LocalHost.TestReports;
using QANexus.LocalHost.Tests.Hosting;
using QANexus.LocalHost.Tests.Importing;

namespace QANexus.LocalHost.Tests.TestReports;

/// <summary>Reports go from the disk into a host that runs, as its user sees it.</summary>
public sealed class ReportUploadTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private LocalHostApplication host = null!;

    private string[] Lines => output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private string[] Errors => error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public async Task InitializeAsync() => host = await LocalHostApplication.StartAsync(
        new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Combine("data") }, CancellationToken.None);

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Every_run_is_a_line_and_a_second_import_says_that_it_is_one()
    {
        var junit = await FileAsync("j.xml", "<testsuite name='s'><testcase name='a' time='1.25'/><testcase name='b'><failure/></testcase></testsuite>");
        var trx = await FileAsync(
            "größe 1.trx",
            "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results><UnitTestResult testName='t' outcome='Error'/></Results></TestRun>");

        var first = await RunAsync("--tenant", "acme", "--sprint", "s1", "--release", "r1", junit, trx);
        var again = await RunAsync("--tenant", "acme", junit);

        Assert.Equal((0, 0), (first, again));
        Assert.Empty(Errors);
        Assert.Collection(
            Lines,
            line => Assert.Matches(Line(junit, "imported: 2 tests, 1 passed, 1 failed, 0 errored, 0 skipped, 1.25 s"), line),
            line => Assert.Matches(Line(trx, "imported: 1 tests, 0 passed, 0 failed, 1 errored, 0 skipped, 0 s"), line),
            line => Assert.Matches(Line(junit, "already imported: 2 tests, 1 passed, 1 failed, 0 errored, 0 skipped, 1.25 s"), line));
        using var http = new HttpClient { BaseAddress = host.ApiAddress };
        using var created = JsonDocument.Parse(await http.GetStringAsync("/api/v1/tenants/acme/events?type=TestRunCreated"));
        var runs = created.RootElement.GetProperty("value").EnumerateArray().Select(static e => e.GetProperty("data")).ToList();
        Assert.Equal(["größe 1.trx", "s"], runs.Select(static run => run.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(runs, static run => Assert.Equal(("s1", "r1"), (run.GetProperty("sprintId").GetString(), run.GetProperty("releaseId").GetString())));
    }

    [Fact]
    public async Task A_report_that_is_refused_is_a_line_and_exit_code_1_and_the_others_are_imported()
    {
        var bad = await FileAsync("bad.xml", "<testsuite>\n<testcase");
        var good = await FileAsync("good.xml", "<testsuite/>");
        var missing = folder.Combine("missing.xml");

        Assert.Equal(1, await RunAsync("--tenant", "acme", bad, missing, good));

        Assert.Matches(Line(good, "imported: 0 tests"), Assert.Single(Lines));
        Assert.Collection(
            Errors,
            line => Assert.StartsWith($"{bad}: 400 malformed-request: The body is no test report that can be read to its end. Line 2, column", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{missing}: cannot be read", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_decides_who_imports()
    {
        var file = await FileAsync("r.xml", "<testsuite/>");
        foreach (var (grant, mayImport) in new[]
        {
            ("acme:QA", true), ("acme:SERVICE", true), ("*:ORG_ADMIN", true), ("acme:VIEWER", false), ("acme:DEV", false), ("acme:PM", false),
            ("acme:EM", false), ("other:QA", false),
        })
        {
            using var token = new StringWriter();
            Assert.Equal(0, await CommandLine.RunAsync(["token", grant, "--data", folder.Combine("data")], token, error));
            using var refused = new StringWriter();

            var code = await CommandLine.RunAsync(
                ["import-tests", "--tenant", "acme", "--url", host.ApiAddress.AbsoluteUri, "--token", token.ToString().Trim(), file], output, refused);

            Assert.Equal((grant, mayImport ? 0 : 1), (grant, code));
            Assert.Equal(mayImport, !refused.ToString().Contains("403 forbidden", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_may_pass_is_sent_again_until_it_is_settled()
    {
        var file = await FileAsync("r.xml", "<testsuite><testcase name='a'/></testsuite>");
        using var fault = Strike(new StatusFault(503), times: 8);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        var run = new ReportUploadRun(handler, output, error, new ImpatientTime());

        var code = await run.RunAsync(new ReportUploadOptions { Files = [file], BaseAddress = host.ApiAddress, Tenant = "acme" }, CancellationToken.None);

        Assert.Equal(0, code);
        Assert.Matches(Line(file, "imported: 1 tests"), Assert.Single(Lines));
        Assert.Equal(8, fault.Hits);
    }

    [Fact]
    public async Task What_does_not_pass_is_given_up_after_as_many_attempts_as_the_policy_says()
    {
        var file = await FileAsync("r.xml", "<testsuite/>");
        using var fault = Strike(new StatusFault(403), times: null);
        using var handler = new CountingHandler();
        var run = new ReportUploadRun(handler, output, error, new ImpatientTime()) { Retries = new RetryPolicy { Attempts = 3 } };

        var code = await run.RunAsync(new ReportUploadOptions { Files = [file], BaseAddress = host.ApiAddress, Tenant = "acme" }, CancellationToken.None);

        Assert.Equal((1, 3), (code, handler.Posts));
        Assert.StartsWith($"{file}: 503 store-unavailable", Assert.Single(Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_host_runs_nothing_is_sent_and_the_exit_code_is_2()
    {
        var file = await FileAsync("r.xml", "<testsuite/>");
        var nowhere = new Uri($"http://127.0.0.1:{FreePort.Next()}");

        Assert.Equal(2, await CommandLine.RunAsync(["import-tests", "--tenant", "acme", "--url", nowhere.AbsoluteUri, file], output, error));

        Assert.StartsWith($"import-tests: nothing answers at {nowhere}", Assert.Single(Errors), StringComparison.Ordinal);
    }

    private ActiveFault Strike(Fault fault, int? times) =>
        host.Account!.Faults.Add(new FaultRule { Fault = fault, Requests = [RequestKind.Batch], Container = "events", Times = times });

    private static string Line(string file, string text) =>
        $"^{System.Text.RegularExpressions.Regex.Escape(file)}: report-[0-9a-f]{{32}} {System.Text.RegularExpressions.Regex.Escape(text)}";

    private async Task<string> FileAsync(string name, string content)
    {
        var path = folder.Combine(name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    private Task<int> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(["import-tests", "--url", host.ApiAddress.AbsoluteUri, .. arguments], output, error);

    private sealed class CountingHandler : DelegatingHandler
    {
        public CountingHandler()
            : base(new SocketsHttpHandler { UseProxy = false })
        {
        }

        public int Posts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Posts += request.Method == HttpMethod.Post ? 1 : 0;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
