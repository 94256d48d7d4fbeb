using QANexus.Domain.Bugs;
using QANexus.EventStore.Aggregates;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.Verification;

namespace QANexus.ReadModels.Tests.Verification;

public sealed class QaQueueTests
{
    private static readonly Func<BugState, Decision>[] Fixed = [Some.Reported(), Some.Triaged(BugSeverity.High, BugPriority.P1), .. Some.Resolved];

    [Fact]
    public async Task Every_resolution_is_one_verification_and_ends_with_the_word_of_qa()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", Fixed);
        await fixture.DeliverAsync();
        var pending = (await fixture.FindAsync(QaQueue.Name, "Bug:b1"))!.Value;
        Assert.Equal("PENDING", pending.Text("state"));
        var item = Assert.Single(pending.GetProperty("resolutions").EnumerateArray());
        Assert.Equal(("PENDING", "1", "ada", "patched", "P1"), (item.Text("state"), item.Text("number"), item.Text("resolvedBy"), item.Text("resolutionNotes"), item.Text("priority")));
        Assert.Equal(TimeSpan.FromDays(3), item.GetProperty("dueBy").GetDateTimeOffset() - item.GetProperty("resolvedAt").GetDateTimeOffset());

        await fixture.DoAsync("b1", static (BugState state) => state.Reopen("still burns"), Some.Triaged(BugSeverity.High, BugPriority.P1), static state => state.StartWork(), static state => state.Resolve("again"));
        await fixture.DeliverAsync();
        await fixture.DoAsync("b1", static (BugState state) => state.Verify());
        await fixture.DeliverAsync();
        fixture.Start();
        await fixture.DeliverAsync();

        var done = (await fixture.FindAsync(QaQueue.Name, "Bug:b1"))!.Value;
        Assert.Equal("VERIFIED", done.Text("state"));
        Assert.Equal(
            ["1 REOPENED ada", "2 VERIFIED ada"],
            done.GetProperty("resolutions").EnumerateArray().Select(static r => $"{r.Text("number")} {r.Text("state")} {r.Text("endedBy")}"));
    }

    [Fact]
    public async Task The_notes_of_a_resolution_go_with_its_data_and_the_verification_stays()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", Fixed);
        await fixture.DeliverAsync();

        await fixture.RedactAsync("Bug:b1", 4);
        await fixture.DeliverAsync();

        var item = Assert.Single((await fixture.FindAsync(QaQueue.Name, "Bug:b1"))!.Value.GetProperty("resolutions").EnumerateArray());
        Assert.Equal(("PENDING", "-"), (item.Text("state"), item.Text("resolutionNotes")));
    }
}
