using QANexus.Domain.Sprints;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Sprints;

public sealed class SprintBaselineTests
{
    [Fact]
    public async Task A_sprint_that_follows_at_once_knows_of_the_one_before_though_no_view_does()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var number = 1; number <= 7; number++)
        {
            await fixture.DoAsync($"s{number}", Sprint(points: number));
        }

        await fixture.RedactAsync("Sprint:s5", version: 5);
        foreach (var batch in await fixture.ReadFeedAsync(pageSize: 1_000))
        {
            await fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);
        }

        Assert.Null(await fixture.FindAsync(Velocity.Name, "tenant"));
        Assert.Equal(
            ["s1 - []", """s2 1 ["s1"]""", """s3 1.5 ["s1","s2"]""", """s4 2 ["s1","s2","s3"]""", """s5 2.5 ["s1","s2","s3","s4"]""",
                """s6 2.5 ["s1","s2","s3","s4"]""", """s7 3.2 ["s1","s2","s3","s4","s6"]"""],
            (await fixture.ListAsync(SprintBaselines.View)).Select(static b => $"{b.Text("sprintId")} {b.Text("velocityBaseline")} {b.Text("basedOn")}"));
    }

    private static Func<SprintState, Decision>[] Sprint(int points) =>
    [
        state => state.Create(new NewSprint
        {
            Name = "Sprint", StartDate = DateTimeOffset.UnixEpoch, EndDate = DateTimeOffset.UnixEpoch.AddDays(14), Starts = true,
            Items = [new NewSprintItem { Id = "i", Title = "i", StoryPoints = points }],
        }),
        static state => state.MoveItem("i", SprintItemStatus.Done),
        static state => state.Complete(),
    ];
}
