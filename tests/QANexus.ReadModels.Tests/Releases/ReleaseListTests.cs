using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.ReadModels.Releases;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Releases;

public sealed class ReleaseListTests
{
    [Fact]
    public async Task The_cockpit_shows_pillars_gates_reasons_the_override_and_the_scores_so_far()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        var bad = Some.Good with { Bugs = new BugCounts(Critical: 1) };
        await fixture.DoAsync(
            "v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)),
            Some.Evaluated(bad, new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero)),
            static state => state.Override("It has to be out today.", Some.Manager));
        await fixture.DeliverAsync();

        var cockpit = (await fixture.FindAsync(ReleaseList.Name, "Release:v1"))!.Value;
        var release = cockpit.GetProperty("release");
        var score = ReleaseConfidenceScore.Calculate(bad, ReleasePolicy.Default.Thresholds);
        Assert.Equal(score.Total, release.GetProperty("readinessScore").GetInt32());
        Assert.Equal(
            ["QUALITY_TESTING 100", "BUGS 60", "REQUIREMENTS_PLANNING 100", "SECURITY_OPS 95"],
            release.GetProperty("confidence").GetProperty("pillars").EnumerateArray().Select(static pillar => $"{pillar.Text("pillar")} {pillar.Text("score")}"));
        Assert.Equal(6, release.GetProperty("confidence").GetProperty("gates").GetArrayLength());
        Assert.Equal("CRITICAL_BUGS", release.GetProperty("blockingReasons")[0].Text("code"));
        Assert.Equal(("It has to be out today.", "true"), (release.GetProperty("override").Text("reason"), cockpit.Text("gatesOpen")));
        Assert.Equal(
            ["2026-11-01T00:00:00Z 100 READY", $"2026-11-02T00:00:00Z {score.Total} BLOCKED"],
            cockpit.GetProperty("scores").EnumerateArray().Select(static point => $"{point.Text("at")} {point.Text("total")} {point.Text("status")}"));
    }
}
