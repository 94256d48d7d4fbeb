using QANexus.Domain.Requirements;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Auditing;

public sealed class RequirementChangeTrailTests
{
    [Fact]
    public async Task An_update_of_title_and_priority_shows_who_when_and_both_old_and_new_values()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", [.. Some.Approved("It works.").Take(1), Updated("Sign in")]);
        await fixture.DeliverAsync();

        var history = (await fixture.FindAsync(RequirementChangeTrail.Name, "Requirement:r1"))!.Value;
        var updated = (await fixture.EventsAsync("Requirement:r1"))[1];
        Assert.Equal(
            ["title: Log in -> Sign in", "priority: HIGH -> CRITICAL"],
            history.GetProperty("changes").EnumerateArray().Select(static change => $"{change.Text("member")}: {change.Text("old")} -> {change.Text("new")}"));
        var first = history.GetProperty("changes")[0];
        Assert.Equal(("2", "ada", updated.Id.Value, updated.OccurredAt), (first.Text("version"), first.Text("by"), first.Text("eventId"), first.GetProperty("at").GetDateTimeOffset()));

        await fixture.DoAsync("r1", Updated("Enter"));
        await fixture.RedactAsync("Requirement:r1", 2);
        await fixture.DeliverAsync();

        history = (await fixture.FindAsync(RequirementChangeTrail.Name, "Requirement:r1"))!.Value;
        Assert.Equal(
            ["title: Log in -> Enter"],
            history.GetProperty("changes").EnumerateArray().Select(static change => $"{change.Text("member")}: {change.Text("old")} -> {change.Text("new")}"));
    }

    private static Func<RequirementState, EventStore.Aggregates.Decision> Updated(string title) =>
        state => state.Update(new RequirementChanges(Title: title, Priority: RequirementPriority.Critical));
}
