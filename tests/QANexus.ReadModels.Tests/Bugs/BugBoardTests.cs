using QANexus.Domain.Bugs;
using QANexus.ReadModels.Bugs;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Bugs;

public sealed class BugBoardTests
{
    [Fact]
    public async Task A_bug_moves_over_the_board_and_its_clocks_run_from_triage_and_creation()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-01T10:00:00Z", new BugCreated("It burns", "Smoke")));
        await fixture.DoAsync("b2", PageSteps.Raised<BugState>("2026-11-01T10:00:00Z", new BugCreated("It smells", "Smoke")));
        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-01T12:00:00Z", new BugTriaged(BugSeverity.Critical, BugPriority.P1, "dev")));
        await fixture.DeliverAsync();

        var card = (await fixture.FindAsync(BugBoard.Name, "Bug:b1"))!.Value;
        Assert.Equal(("TRIAGED", "93", "20", "true"), (card.Text("column"), card.Text("impact"), card.Text("progress"), card.Text("blocksRelease")));
        Assert.Equal(
            """{"respondBy":"2026-11-01T13:00:00Z","response":"RUNNING","resolveBy":"2026-11-04T10:00:00Z","resolution":"RUNNING"}""", card.Text("sla"));
        Assert.Equal(("NEW", "-"), ((await fixture.FindAsync(BugBoard.Name, "Bug:b2"))!.Value.Text("column"), (await fixture.FindAsync(BugBoard.Name, "Bug:b2"))!.Value.Text("sla")));

        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-01T14:00:00Z", new BugWorkStarted()));
        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-04T10:00:00Z", new BugResolved()));
        await fixture.DeliverAsync();
        card = (await fixture.FindAsync(BugBoard.Name, "Bug:b1"))!.Value;
        Assert.Equal(
            """{"respondBy":"2026-11-01T13:00:00Z","response":"MISSED","resolveBy":"2026-11-04T10:00:00Z","resolution":"MET","elapsedHours":72}""", card.Text("sla"));

        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-05T10:00:00Z", new BugVerified(), new BugClosed()));
        await fixture.DeliverAsync();
        Assert.Equal("-", (await fixture.FindAsync(BugBoard.Name, "Bug:b1"))!.Value.Text("column"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_promised_for_a_bug_that_was_laid_aside_until_it_is_triaged_again(bool isInvalid)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", PageSteps.Raised<BugState>(
            "2026-11-01T10:00:00Z", new BugCreated("It burns", "Smoke"), new BugTriaged(BugSeverity.Low, BugPriority.P3),
            isInvalid ? new BugInvalidated("works as meant") : new BugDeferred("after the fair")));
        await fixture.DeliverAsync();

        var sla = (await fixture.FindAsync(BugBoard.Name, "Bug:b1"))!.Value.GetProperty("sla");
        Assert.Equal(("STOPPED", "STOPPED"), (sla.Text("response"), sla.Text("resolution")));

        await fixture.DoAsync("b1", PageSteps.Raised<BugState>("2026-11-02T10:00:00Z", new BugReopened("again"), new BugTriaged(BugSeverity.Low, BugPriority.P3)));
        await fixture.DeliverAsync();
        sla = (await fixture.FindAsync(BugBoard.Name, "Bug:b1"))!.Value.GetProperty("sla");
        Assert.Equal(("RUNNING", "RUNNING"), (sla.Text("response"), sla.Text("resolution")));
    }
}
