using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.Testing.Stores;

namespace QANexus.Api.Tests.TestReports;

/// <summary>An import that breaks off anywhere is completed by repeating it, and leaves what one that never broke off leaves.</summary>
public sealed class InterruptedImportTests
{
    /// <summary>Created and started, three steps of results, completed.</summary>
    private const int Steps = 5;

    private static readonly string Report = ReportRequests.Tests(600);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1, 429)]
    [InlineData(3, 429)]
    [InlineData(5, 429)]
    [InlineData(1, 503)]
    [InlineData(2, 503)]
    [InlineData(4, 503)]
    public async Task A_step_that_the_store_refuses_is_what_a_repeat_begins_with(int step, int status)
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.BeforeAppend = number => Fail(number == step, status == 429 ? new StoreThrottledException(Soon) : new StoreUnavailableException("no", Soon));

        var broken = await host.ImportAsync(Report);
        store.Appends = Steps;
        var again = await host.ImportAsync(Report);

        broken.IsProblem((HttpStatusCode)status, status == 429 ? "throttled" : "store-unavailable");
        Assert.Contains("Send the same report again", broken.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("3", broken.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.Created, again.Status);

        // Of the steps before, the last is sent again: its key tells that it was this import's.
        Assert.Equal(Steps + (step > 1 ? 1 : 0) + Steps - step + 1, store.Appends);
        await AssertWholeAsync(host, again);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_step_that_was_stored_without_an_answer_is_not_stored_again(int step)
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.AfterAppend = number => Fail(number == step, new AppendOutcomeUnknownException(CommitId.Parse("k"), Soon));

        var broken = await host.ImportAsync(Report);
        var again = await host.ImportAsync(Report);

        broken.IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.Equal(step == Steps ? HttpStatusCode.OK : HttpStatusCode.Created, again.Status);
        await AssertWholeAsync(host, again);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(4)]
    public async Task As_long_as_nobody_else_writes_to_the_run_its_state_is_not_loaded(int failingStep)
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.BeforeAppend = number => Fail(number == failingStep, new StoreUnavailableException("no", Soon));
        await host.ImportAsync(Report);
        await host.ImportAsync(Report);

        Assert.Equal((0, HttpStatusCode.OK), (store.Loads, (await host.ImportAsync(Report)).Status));
        Assert.Equal(0, store.Loads);
    }

    [Fact]
    public async Task Results_that_somebody_else_recorded_meanwhile_count_and_are_kept()
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.BeforeAppend = static number => Fail(number == 3, new StoreUnavailableException("no", Soon));
        await host.ImportAsync(Report);
        store.BeforeAppend = static _ => { };
        var id = (await host.GetAsync("/api/v1/tenants/t1/events?type=TestRunCreated")).Events[0].GetProperty("aggregateId").GetString();
        var others = string.Join(',', Enumerable.Range(0, 300).Select(static n =>
            $$$"""{"type":"TestResultRecorded","data":{"testCaseId":"own-{{{n}}}","outcome":"FAILED","passed":false}}"""));
        await host.SendAsync(HttpMethod.Post, $"/api/v1/tenants/t1/streams/TestRun/{id}/events", $$"""{"events":[{{others}}]}""");

        var answer = await host.ImportAsync(Report);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var events = await host.ReadRunAsync(answer);
        Assert.Equal(900, events.Count(static e => e.Type == "TestResultRecorded"));
        Assert.Contains("\"passedTests\":600,\"failedTests\":300", events[^1].Data, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.ImportAsync(Report)).Status);
    }

    [Fact]
    public async Task A_host_that_stops_half_way_says_that_the_import_is_not_finished()
    {
        await using var host = await StartAsync();
        Store(host).BeforeAppend = static number => Fail(number == 3, new OperationCanceledException());

        var broken = (await host.ImportAsync(Report)).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");

        Assert.Contains("Send the same report again", broken.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", broken.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_host_that_is_killed_between_any_two_steps_leaves_what_the_next_one_completes()
    {
        await using var undisturbed = await StartAsync();
        var expected = await undisturbed.ReadRunAsync(await undisturbed.ImportAsync(Report));
        for (var step = 1; step <= Steps; step++)
        {
            InMemoryEventStore model;
            await using (var killed = await StartAsync())
            {
                model = killed.Services.GetRequiredService<InMemoryEventStore>();
                Store(killed).BeforeAppend = number => Fail(number >= step, new InvalidOperationException("The process is gone."));
                (await killed.ImportAsync(Report)).IsProblem(HttpStatusCode.InternalServerError, "internal-error");
            }

            // Another process: nothing but what is stored goes over.
            await using var next = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(model));
            var answer = await next.ImportAsync(Report);

            Assert.Equal(HttpStatusCode.Created, answer.Status);
            Assert.Equal(expected, await next.ReadRunAsync(answer));
        }
    }

    [Fact]
    public async Task Two_imports_of_one_report_at_a_time_make_one_run_and_one_of_them_says_so()
    {
        await using var host = await ApiHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.ImportAsync(Report)));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Text));
        await AssertWholeAsync(host, answers[0]);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_half_way_takes_no_more_results()
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.BeforeAppend = static number => Fail(number == 3, new StoreUnavailableException("no", Soon));
        await host.ImportAsync(Report);
        var id = (await host.GetAsync("/api/v1/tenants/t1/events?type=TestRunCreated")).Events[0].GetProperty("aggregateId").GetString();
        store.BeforeAppend = static _ => { };
        await host.SendAsync(
            HttpMethod.Post, $"/api/v1/tenants/t1/streams/TestRun/{id}/events",
            """{"events":[{"type":"TestRunCancelled","data":{"reason":"wrong branch"}}]}""");
        var count = await host.CountEventsAsync();

        var refused = (await host.ImportAsync(Report)).IsProblem(HttpStatusCode.Conflict, "transition-not-allowed");

        Assert.Equal("testrun.terminal", refused.Json.GetProperty("rule").GetString());
        Assert.Equal(count, await host.CountEventsAsync());
    }

    [Fact]
    public async Task A_key_of_a_step_that_stands_for_something_else_is_422()
    {
        await using var host = await StartAsync();
        var store = Store(host);
        store.BeforeAppend = static number => Fail(number == 2, new StoreUnavailableException("no", Soon));
        await host.ImportAsync(Report);
        store.BeforeAppend = static _ => { };
        var created = (await host.GetAsync("/api/v1/tenants/t1/events?type=TestRunCreated")).Events[0];
        var (id, content) = (created.GetProperty("aggregateId").GetString(), created.GetProperty("data").GetProperty("reportKey").GetString());
        await host.SendAsync(
            HttpMethod.Post, $"/api/v1/tenants/t1/streams/TestRun/{id}/events",
            """{"events":[{"type":"TestResultRecorded","data":{"testCaseId":"x","outcome":"PASSED","passed":true}}]}""",
            ("Idempotency-Key", $"import-{content}-1"));

        (await host.ImportAsync(Report)).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(static services =>
    {
        services.AddSingleton(static provider => new FailingEventStore(provider.GetRequiredService<InMemoryEventStore>()));
        services.AddSingleton<IEventStore>(static provider => provider.GetRequiredService<FailingEventStore>());
    });

    private static FailingEventStore Store(ApiHost host) => host.Services.GetRequiredService<FailingEventStore>();

    private static void Fail(bool when, Exception failure)
    {
        if (when)
        {
            throw failure;
        }
    }

    private static async Task AssertWholeAsync(ApiHost host, ApiAnswer imported)
    {
        Assert.Equal(600, imported.Json.GetProperty("testRuns")[0].GetProperty("passed").GetInt32());
        var events = await host.ReadRunAsync(imported);
        Assert.Equal(
            ["TestRunCreated", "TestRunStarted", .. Enumerable.Repeat("TestResultRecorded", 600), "TestRunCompleted"], events.Select(static e => e.Type));
        Assert.Equal(600, events.Where(static e => e.Type == "TestResultRecorded").Select(static e => e.Data).Distinct(StringComparer.Ordinal).Count());
    }
}
