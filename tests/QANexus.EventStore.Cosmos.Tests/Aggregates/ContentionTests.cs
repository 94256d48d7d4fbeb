using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Aggregates;

/// <summary>Commands that meet others, and reads that lag behind them.</summary>
public sealed class ContentionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_that_meet_are_decided_again_until_each_is_stored_once(bool lagging)
    {
        await using var fixture = await StoreFixture.StartAsync(durable: lagging);
        await fixture.Process.Requirements().DoAsync(Commands.Create());
        using var lag = lagging ? Lag(fixture, maxWrites: 3) : null;
        StoreProcess[] processes = [fixture.StartProcess(), fixture.StartProcess(), fixture.StartProcess()];
        await Task.WhenAll(processes.Select((process, n) => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await process.Requirements().DoAsync(Commands.Note($"{n}.{i}") with { MaxAttempts = 100 });
            }
        })));

        lag?.Dispose();
        var notes = (await fixture.StartProcess().Requirements().LoadAsync()).State.Notes;
        Assert.Equal(9, notes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(9, notes.Count);
        Assert.All(Enumerable.Range(0, 3), n =>
            Assert.Equal(Enumerable.Range(0, 3).Select(i => $"{n}.{i}"), notes.Where(note => note.StartsWith($"{n}.", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_decision_is_made_on_the_state_that_the_winner_left()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Process.Requirements().DoAsync(Commands.Create());
        var loser = fixture.StartProcess().Requirements();
        await loser.LoadAsync();

        // The other writer comes first between this command's read and its write.
        var seen = new List<int?>();
        var result = await loser.RunAsync(Commands.To(state =>
        {
            seen.Add(state.Score);
            if (seen.Count == 1)
            {
                fixture.Process.Requirements().DoAsync(Commands.Analyze(50)).GetAwaiter().GetResult();
            }

            return state.Approve();
        }));
        Assert.Equal([null, 50], seen);
        Assert.Equal("requirement.rqs.too_low", Assert.IsType<CommandResult<Requirement>.Rejected>(result).Rejection.Rule);
    }

    [Fact]
    public async Task Whoever_wants_to_hear_of_the_first_conflict_does_and_whoever_loses_too_often_is_told_to_come_back()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Process.Requirements().DoAsync(Commands.Create());
        var loser = fixture.StartProcess().Requirements();
        var attempts = 0;
        var always = Commands.To(state =>
        {
            attempts++;
            fixture.Process.Requirements().DoAsync(Commands.Note("first")).GetAwaiter().GetResult();
            return state.Note("second");
        });

        Assert.IsType<CommandResult<Requirement>.VersionConflict>(await loser.RunAsync(always with { MaxAttempts = 1 }));
        Assert.Equal(1, attempts);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => loser.RunAsync(always with { MaxAttempts = 3 }));
        Assert.Equal(4, attempts);
        Assert.DoesNotContain("second", (await loser.LoadAsync()).State.Notes);
    }

    [Fact]
    public async Task A_refusal_is_never_decided_on_a_stale_state()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        var stale = fixture.StartProcess().Requirements();
        await fixture.Process.Requirements().DoAsync(Commands.Create());
        await fixture.Process.Requirements().DoAsync(Commands.Analyze(50));
        await stale.LoadAsync();
        using var lag = Lag(fixture);
        await fixture.Process.Requirements().DoAsync(Commands.Analyze(90));

        // Both would say no to what they see: one from memory, the other from a replica without any event.
        await stale.DoAsync(Commands.Approve());
        var unchanged = await fixture.StartProcess().Requirements().RunAsync(Commands.Approve());
        Assert.Equal(90, Assert.IsType<CommandResult<Requirement>.Unchanged>(unchanged).Aggregate.State.Score);
        var rejected = await fixture.StartProcess().Requirements().RunAsync(Commands.To(static state => state.Rename("late")));
        Assert.Equal(RequirementStatus.Approved, Assert.IsType<CommandResult<Requirement>.Rejected>(rejected).Aggregate.State.Status);
    }

    [Fact]
    public async Task An_aggregate_of_another_process_is_found_and_its_position_honoured_though_reads_lag()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        using var lag = Lag(fixture);
        var created = (await fixture.Process.Requirements().DoAsync(Commands.Create())).Receipt.Position;

        var first = await fixture.StartProcess().Requirements().DoAsync(Commands.Note("1") with { Expected = ExpectedPosition.At(created) });
        var second = await fixture.StartProcess().Requirements().DoAsync(
            Commands.Note("2") with { Expected = ExpectedPosition.Claimed(first.Receipt.Position) });
        var third = await fixture.StartProcess().Requirements().DoAsync(
            Commands.Note("3") with { Expected = ExpectedPosition.AtVersion(second.Receipt.Position.Version) });
        var fourth = await fixture.StartProcess().Requirements().DoAsync(Commands.Note("4"));
        Assert.Equal(["1", "2", "3", "4"], fourth.Aggregate.State.Notes);
        Assert.IsType<CommandResult<Requirement>.VersionConflict>(
            await fixture.StartProcess().Requirements().RunAsync(Commands.Note("5") with { Expected = ExpectedPosition.At(third.Receipt.Position) }));
    }

    [Fact]
    public async Task A_command_retried_through_another_process_whose_reads_lag_gets_its_original_result()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        using var lag = Lag(fixture);
        var first = await fixture.Process.Requirements().DoAsync(Commands.Create().Keyed("create", "create r1"));
        var approved = await fixture.Process.Requirements().DoAsync(Commands.Approve().Keyed("approve", "approve r1"));
        await fixture.Process.Requirements().DoAsync(Commands.Note("later"));

        var created = await fixture.StartProcess().Requirements().DoAsync(Commands.Create().Keyed("create", "create r1"));
        Assert.Equal((true, first.Receipt.Position), (created.IsReplay, created.Receipt.Position));
        var again = await fixture.StartProcess().Requirements().DoAsync(Commands.Approve().Keyed("approve", "approve r1"));
        Assert.Equal((true, approved.Receipt.Position), (again.IsReplay, again.Receipt.Position));
        Assert.Equal(approved.Events, again.Events);
        Assert.Equal(3, again.Aggregate.Position.Version);
    }

    private static IDisposable Lag(StoreFixture fixture, int? maxWrites = null) => fixture.Account.Faults.Add(new FaultRule
    {
        Fault = new LaggingReplicaFault(maxWrites), Requests = [RequestKind.Read, RequestKind.Query],
    });
}
