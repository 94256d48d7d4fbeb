using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.Sprints.Planning;
using QANexus.EventStore.Streams;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Planning;

public sealed class SprintAdapterTests
{
    [Fact]
    public async Task A_requirement_is_a_candidate_by_its_own_rule_and_as_grave_as_it_is()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", [.. Some.Approved(), static state => state.Update(new RequirementChanges(Priority: RequirementPriority.Critical))]);
        await fixture.DoAsync("r2", Some.Approved()[0]);

        var found = await FindAsync(fixture, ReadModelFixture.Tenant);

        Assert.Equal(["r1 4 CRITICAL 85 True", "r2 1 HIGH  False"], found.Select(static c =>
            FormattableString.Invariant($"{c.RequirementId} {c.Version} {Domain.Words.Word.Of(c.Priority)} {c.QualityScore} {c.IsReady}")));
        var item = found[0].ToItem();
        Assert.Equal(("r1", "Log in", 8, SprintItemPriority.Critical, "r1"), (item.Id, item.Title, item.StoryPoints, item.Priority, item.RequirementId));
        Assert.Equal(94, SprintPlan.Score(found[0].ToPlan()));
    }

    [Fact]
    public async Task A_candidate_is_always_as_it_is_now_and_no_other_tenants()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved());
        Assert.True(Assert.Single(await FindAsync(fixture, ReadModelFixture.Tenant)).IsReady);

        await fixture.DoAsync("r1", static (RequirementState state) => state.NeedsRevision("unclear"));

        Assert.False(Assert.Single(await FindAsync(fixture, ReadModelFixture.Tenant)).IsReady);
        Assert.Empty(await FindAsync(fixture, TenantId.Parse("other")));
    }

    private static Task<IReadOnlyList<SprintCandidate>> FindAsync(ReadModelFixture fixture, TenantId tenant) => fixture.Get<ISprintCandidates>().FindAsync(
        tenant, [AggregateId.Parse("r1"), AggregateId.Parse("r2")], CancellationToken.None);
}
