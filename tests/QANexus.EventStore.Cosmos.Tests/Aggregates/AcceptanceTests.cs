using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Aggregates;

/// <summary>The scenarios of the acceptance list that concern aggregates and snapshots, by their numbers; further ones are the tests beside this.</summary>
public sealed class AcceptanceTests
{
    [Fact]
    public async Task Scenario_14_A_recorded_snapshot_becomes_the_one_that_its_stream_is_loaded_from()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Process.Requirements().DoAsync(Commands.Create());
        for (var n = 0; n < 15; n++)
        {
            await fixture.Process.Requirements().DoAsync(Commands.Note("before"));
        }

        var events = await fixture.Store.ReadAllAsync(Some.Stream);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.Process.Snapshots.TakeAsync(TenantId.Parse("t1"), Some.Stream, CancellationToken.None));
        await fixture.Process.Requirements().DoAsync(Commands.Note("after"));

        // Sixteen commits behind the snapshot take a second round trip without it, and none with it.
        var other = fixture.StartProcess();
        other.Requests.ExpectTogether(2);
        var loaded = await other.Requirements().LoadAsync();
        Assert.Equal(1, other.Requests.Total.RoundTrips);
        Assert.Equal(16, loaded.State.Notes.Count);
        Assert.Equal(events, (await fixture.Store.ReadAllAsync(Some.Stream)).SkipLast(1));
    }

    [Fact]
    public async Task Scenario_110_What_an_aggregate_raises_is_stored_and_delivered_and_raised_once()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        var raised = (await requirements.DoAsync(Commands.Note("a", "b"))).Events;
        Assert.IsType<CommandResult<Requirement>.Unchanged>(await requirements.RunAsync(Commands.To(static _ => Decision.Nothing)));

        Assert.Equal(raised, (await fixture.Store.ReadAllAsync(Some.Stream)).Skip(1));
        Assert.Equal(raised, (await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None)).Events.Skip(1));
    }

    [Fact]
    public async Task Scenarios_111_and_126_A_requirement_is_rebuilt_as_it_is_and_as_it_was()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var created = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        var requirements = fixture.Process.Requirements();
        fixture.Clock.Now = created;
        await requirements.DoAsync(Commands.Create());
        fixture.Clock.Now = created.AddHours(1);
        await requirements.DoAsync(Commands.Analyze(85));
        fixture.Clock.Now = created.AddHours(2);
        var live = (await requirements.DoAsync(Commands.Approve())).Aggregate.State;

        var rebuilt = (await fixture.StartProcess().Requirements().LoadAsync()).State;
        Assert.Equal((RequirementStatus.Approved, 85), (rebuilt.Status, rebuilt.Score));
        Assert.Equal(live with { Notes = rebuilt.Notes }, rebuilt);

        var past = await requirements.ReadPastAsync(Commands.Id, new StateReadOptions { AsOf = created.AddMinutes(90) }, CancellationToken.None);
        Assert.Equal((RequirementStatus.Draft, 85, 2), (past!.State.Status, past.State.Score, past.Version));
        past = await requirements.ReadPastAsync(Commands.Id, new StateReadOptions { Version = 1 }, CancellationToken.None);
        Assert.Equal((RequirementStatus.Draft, null), (past!.State.Status, past.State.Score));
        Assert.Null(await requirements.ReadPastAsync(Commands.Id, new StateReadOptions { AsOf = created.AddTicks(-1) }, CancellationToken.None));
        Assert.Null(await requirements.ReadPastAsync(Commands.Id, new StateReadOptions { Version = 4 }, CancellationToken.None));
    }
}
