using QANexus.Domain.TestRuns;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Tests.TestRuns;

public sealed class TestRunListTests
{
    [Fact]
    public async Task A_run_shows_its_exact_rate_and_its_failures_and_a_case_that_passes_later_is_none()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync(
            "t1",
            static (TestRunState state) => state.Create(new NewTestRun { ExpectedTestCount = 3, CreatedBy = "tom", Starts = true }),
            static state => state.Record(Result("a", TestOutcome.Failed), Result("b", TestOutcome.Blocked), Result("c", TestOutcome.Passed)),
            static state => state.Record(Result("a", TestOutcome.Passed)));
        await fixture.DeliverAsync();

        var run = (await fixture.FindAsync(TestRunList.Name, "TestRun:t1"))!.Value;
        Assert.Equal(("4", "50", "false"), (run.Text("recorded"), run.Text("progress"), run.Text("meetsReleaseGate")));
        Assert.Equal("""[{"testCaseId":"b","outcome":"BLOCKED","message":"why"}]""", run.Text("failures"));

        var state = await fixture.DoAsync("t1", static (TestRunState state) => state.Complete());
        await fixture.DeliverAsync();
        run = (await fixture.FindAsync(TestRunList.Name, "TestRun:t1"))!.Value;
        Assert.Equal(("""{"part":2,"whole":3}""", "3", "#ef4444"), (run.Text("passRate"), run.Text("executed"), run.Text("colour")));
        Assert.Equal(("67", "NEEDS_ATTENTION", "false"), (run.GetProperty("run").Text("passRate"), run.GetProperty("run").Text("passRateStatus"), run.GetProperty("run").Text("incomplete")));
        Assert.Equal(
            (state.PassedTests, state.FailedTests, state.BlockedTests),
            (int.Parse(run.GetProperty("run").Text("passedTests"), null), int.Parse(run.GetProperty("run").Text("failedTests"), null), int.Parse(run.GetProperty("run").Text("blockedTests"), null)));
    }

    [Fact]
    public async Task A_completed_run_counts_a_case_that_broke_or_wavered_twice_once()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        var (broken, flaky) = (Result("a", TestOutcome.Failed) with { Errored = true }, Result("b", TestOutcome.Passed) with { Attempts = 2 });
        await fixture.DoAsync(
            "t1",
            static (TestRunState state) => state.Create(new NewTestRun { ExpectedTestCount = 2, CreatedBy = "tom", Starts = true }),
            state => state.Record(broken, flaky), state => state.Record(broken, flaky), static state => state.Complete());
        await fixture.DeliverAsync();

        var run = (await fixture.FindAsync(TestRunList.Name, "TestRun:t1"))!.Value.GetProperty("run");
        Assert.Equal(("1", "1", "1"), (run.Text("failedTests"), run.Text("erroredTests"), run.Text("flakyTests")));
    }

    [Fact]
    public async Task A_large_run_stays_a_small_document()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", static (TestRunState state) => state.Create(new NewTestRun { ExpectedTestCount = 1_000, CreatedBy = "tom", Starts = true }));
        for (var step = 0; step < 4; step++)
        {
            var first = step * 250;
            await fixture.DoAsync("t1", (TestRunState state) => state.Record(
                [.. Enumerable.Range(first, 250).Select(static n => Result($"case{n}", TestOutcome.Failed) with { ErrorMessage = new string('x', 250) + string.Concat(Enumerable.Repeat("😀", 50)) })]));
        }

        await fixture.DoAsync("t1", static (TestRunState state) => state.Complete());
        await fixture.DeliverAsync();

        var text = Assert.Single(await fixture.TextsAsync(TestRunList.Name));
        var run = (await fixture.FindAsync(TestRunList.Name, "TestRun:t1"))!.Value;
        Assert.InRange(text.Length, 1, 80_000);
        Assert.Equal((TestRunDocument.MaxFailures, "1000", "1000"), (run.GetProperty("failures").GetArrayLength(), run.Text("recorded"), run.GetProperty("run").Text("failedTests")));
        var message = run.GetProperty("failures")[0].Text("message");
        Assert.True(message.Length <= TestFailure.MaxMessage && !char.IsHighSurrogate(message[^2]), message);
    }

    private static NewTestResult Result(string id, TestOutcome outcome) =>
        new() { TestCaseId = id, Outcome = outcome, ErrorMessage = outcome == TestOutcome.Passed ? null : "why" };
}
