using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Tests.TestRuns;

public sealed class TestRunAnalysisTests
{
    [Theory]
    [InlineData("t4", "v1", 7, "IMPROVING", "50")]
    [InlineData("t4", null, 7, "STABLE", "70")]
    [InlineData("t4", "v2", 7, "STABLE", "-")]
    [InlineData("a4", "v1", 4, "DECLINING", "50")]
    public async Task A_run_is_compared_with_the_one_before_it_of_its_release_or_of_the_tenant(string id, string? release, int passed, string trend, string previous)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Some.Run(10, 0, "v1"));
        await fixture.DoAsync("t2", Some.Run(5, 5, "v1"));
        await fixture.DoAsync("t3", Some.Run(7, 3));
        await fixture.DoAsync(id, Some.Run(passed, 10 - passed, release));
        await fixture.DoAsync("t5", Some.Run(0, 10, release));
        await fixture.DeliverAsync();

        await AnalyzeAsync(fixture, id);

        var analyzed = (await fixture.EventsAsync($"TestRun:{id}"))[^1];
        using var data = System.Text.Json.JsonDocument.Parse(analyzed.Data.Utf8);
        Assert.Equal(("TestRunAnalyzed", trend, previous), (analyzed.Type.Value, data.RootElement.Text("trend"), data.RootElement.Text("previousPassRate")));
        Assert.Equal(TestRunStatus.Analyzed, (await fixture.StateAsync<TestRunState>(id)).Status);
        await fixture.DeliverAsync();
        Assert.Equal("ANALYZED", (await fixture.FindAsync(TestRunList.Name, $"TestRun:{id}"))!.Value.GetProperty("run").Text("status"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_stopped_run_is_compared_too_and_a_cancelled_one_is_not_what_others_are_compared_with()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Some.Run(4, 6));
        await fixture.DoAsync("t2", Some.Run(9, 1));
        await fixture.DoAsync<TestRunState>("t2", static state => state.Cancel("wrong build"));
        await fixture.DoAsync("t3", [.. Some.Run(5, 5).Take(2), static state => state.Stop("the lab is on fire")]);
        await fixture.DeliverAsync();

        var state = await AnalyzeAsync(fixture, "t3");

        Assert.Equal((PassRateTrend.Improving, false), (state.Trend, state.MeetsReleaseGate));
    }

    [Fact]
    public async Task Until_the_history_knows_of_the_run_there_is_nothing_to_compare_it_with()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Some.Run(4, 6));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AnalyzeAsync(fixture, "t1"));

        Assert.Equal(TestRunStatus.Completed, (await fixture.StateAsync<TestRunState>("t1")).Status);
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_not_analysed()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", [.. Some.Run(4, 6).Take(2)]);

        var decide = await fixture.Get<TestRunAnalysis>().PrepareAsync(fixture.Store, AggregateId.Parse("t1"), CancellationToken.None);

        Assert.Equal("testrun.transition", Assert.IsType<Decision.Rejection>(decide(await fixture.StateAsync<TestRunState>("t1"))).Rule);
    }

    private static async Task<TestRunState> AnalyzeAsync(ReadModelFixture fixture, string id) => await fixture.DoAsync(
        id, await fixture.Get<TestRunAnalysis>().PrepareAsync(fixture.Store, AggregateId.Parse(id), CancellationToken.None));
}
