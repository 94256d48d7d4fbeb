using System.Text;
using System.Text.Json;
using QANexus.Domain.TestReports;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Tests.Aggregates;
using QANexus.Domain.Tests.TestReports;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;

namespace QANexus.Domain.Tests.TestRuns;

public sealed class TestRunImportTests
{
    [SkippableTheory]
    [InlineData("java-junit4-complete.xml", 5, 2, 1, 1, 1)]
    [InlineData("jest-jest-test-results.xml", 4207, 2, 30, 0, 17)]
    [InlineData("jenkins-TEST-io.olamy.FlakyTest.xml", 1, 0, 0, 0, 1)]
    [InlineData("empty-dotnet-trx.trx", 0, 0, 0, 0, 0)]
    public async Task A_report_becomes_a_run_with_a_result_for_every_test(string file, int passed, int failed, int skipped, int errored, int steps)
    {
        await using var content = RealReport.Open(file);
        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);
        var life = new Life<TestRunState>(new TestRunAggregate(), TestRunJson.Default).Do(
            state => state.Create(TestRunImport.ToRun(report, file, "quinn", "s1", "r1")));

        var (taken, imported) = (0, new ImportedResults(life.State));
        await foreach (var step in TestRunImport.ReadStepsAsync(report, CancellationToken.None))
        {
            life.Do(state => state.Record(step));
            imported.Add(step);
            taken++;
        }

        var (whole, counted) = (Assert.IsType<Decision.Raised>(life.State.Complete()), Assert.IsType<Decision.Raised>(imported.Complete(incomplete: false)));
        Assert.Equal(JsonSerializer.Serialize(whole.Events[0].Data), JsonSerializer.Serialize(counted.Events[0].Data));
        Assert.Equal(life.Show(life.State with { TestResults = TestResultCollection.None }), life.Show(imported.Run));
        life.Do(static state => state.Complete());
        var run = life.State;
        Assert.Equal((passed, failed, skipped, errored, steps), (run.PassedTests, run.FailedTests, run.SkippedTests, run.ErroredTests, taken));
        Assert.Equal((decimal)report.Totals.Duration.TotalMilliseconds, run.TotalDurationMs);
        Assert.Equal((report.Totals.Total, report.Totals.Flaky, "s1", "r1", false), (run.TestResults.Count, run.FlakyTests, run.SprintId, run.ReleaseId, run.Incomplete));
        Assert.Equal(life.Show(run), life.Show(life.Replay(snapshotAfter: life.History.Count / 2)));
    }

    [Fact]
    public async Task The_same_content_is_the_same_run_with_the_same_keys()
    {
        var (one, same, other) = (await Read("<testsuite name='a'/>"), await Read("<testsuite name='a'/>"), await Read("<testsuite name='b'/>"));

        Assert.Equal(TestRunImport.IdOf(one), TestRunImport.IdOf(same));
        Assert.Equal(TestRunImport.KeyOf(one, 3), TestRunImport.KeyOf(same, 3));
        Assert.NotEqual(TestRunImport.IdOf(one), TestRunImport.IdOf(other));
        Assert.NotEqual(TestRunImport.KeyOf(one, 3), TestRunImport.KeyOf(one, 4));
    }

    [Fact]
    public async Task Every_step_fits_one_append_however_long_the_texts_are()
    {
        var text = string.Concat(Enumerable.Repeat("\u0001\u4e2d", 2_000));
        var tests = string.Concat(Enumerable.Range(0, 400).Select(n => $"<testcase name='{n}{text}' classname='{text}'><failure message='{text}'/></testcase>"));
        var report = await Read($"<testsuite>{tests}</testsuite>");
        var life = new Life<TestRunState>(new TestRunAggregate(), TestRunJson.Default).Do(
            state => state.Create(TestRunImport.ToRun(report, null, "quinn", null, null)));

        var total = 0;
        await foreach (var step in TestRunImport.ReadStepsAsync(report, CancellationToken.None))
        {
            var before = life.History.Count;
            life.Do(state => state.Record(step));
            total += step.Count;
            Assert.InRange(life.History.Skip(before).Sum(static e => e.Data.Utf8.Length), 1, AppendLimits.MaxBytes);
            Assert.InRange(step.Count, 1, AppendLimits.MaxEvents);
        }

        Assert.Equal(400, total);
    }

    [Fact]
    public async Task A_run_shows_what_of_its_report_is_recorded()
    {
        var report = await Read("<testsuite><testcase name='a' time='0.5'/><testcase name='b'><failure message='no'/></testcase></testsuite>");
        var step = await TestRunImport.ReadStepsAsync(report, CancellationToken.None).SingleAsync();
        var life = new Life<TestRunState>(new TestRunAggregate(), TestRunJson.Default).Do(
            state => state.Create(TestRunImport.ToRun(report, null, "quinn", null, null)));
        Assert.False(TestRunImport.HasRecorded(life.State, step));

        life.Do(state => state.Record(step[0]));
        Assert.False(TestRunImport.HasRecorded(life.State, step));

        life.Do(state => state.Record(step[1]));
        Assert.True(TestRunImport.HasRecorded(life.State, step));
        Assert.All(
            (NewTestResult[])
            [
                step[0] with { Name = "c" }, step[0] with { Outcome = TestOutcome.Skipped }, step[0] with { Errored = true }, step[0] with { DurationMs = 1 },
                step[0] with { ErrorMessage = "e" }, step[0] with { Attempts = 2 }, step[0] with { TestCaseId = "c" },
            ],
            other => Assert.False(TestRunImport.HasRecorded(life.State, [other, step[1]])));
    }

    [Fact]
    public async Task A_report_without_a_name_is_called_by_its_file() =>
        Assert.Equal("results.xml", TestRunImport.ToRun(await Read("<testsuites/>"), "results.xml", "quinn", null, null).Name);

    private static async Task<TestReport> Read(string text) =>
        await TestReport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestReportLimits.Default, CancellationToken.None);
}
