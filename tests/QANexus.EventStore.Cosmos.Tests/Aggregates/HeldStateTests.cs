using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Aggregates;

/// <summary>Commands on a state that the caller holds, with less in it than its events told.</summary>
public sealed class HeldStateTests
{
    [Fact]
    public async Task It_is_decided_on_without_a_read_and_what_comes_of_it_is_not_remembered()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Process.Requirements().DoAsync(Commands.Create("Sign in"));
        var process = fixture.StartProcess();
        var requirements = process.Requirements();
        var held = WithoutNotes(await fixture.Process.Requirements().DoAsync(Commands.Note("first")));
        var before = process.Requests.Total.Requests;

        var noted = await requirements.DoAsync(On(held, Commands.Note("second")));

        Assert.Equal((1, new StreamPosition(3, 3)), (process.Requests.Total.Requests - before, noted.Aggregate.Position));
        Assert.Equal(("Sign in", "second"), (noted.Aggregate.State.Title, Assert.Single(noted.Aggregate.State.Notes)));
        Assert.Equal(["first", "second"], (await requirements.LoadAsync()).State.Notes);
    }

    [Fact]
    public async Task Where_somebody_else_was_faster_it_is_a_conflict_and_nothing_is_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var held = WithoutNotes(await requirements.DoAsync(Commands.Create("Sign in")));
        await requirements.DoAsync(Commands.Note("theirs"));

        var conflict = Assert.IsType<CommandResult<Requirement>.VersionConflict>(await requirements.RunAsync(On(held, Commands.Note("mine"))));

        Assert.Equal(new StreamPosition(2, 2), conflict.Current);
        Assert.Equal(["theirs"], (await requirements.LoadAsync()).State.Notes);
    }

    [Fact]
    public async Task A_repeat_is_folded_on_top_of_it_where_it_comes_next_and_is_the_whole_state_where_it_does_not()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var held = WithoutNotes(await requirements.DoAsync(Commands.Create("Sign in")));
        await requirements.DoAsync(Commands.Note("first").Keyed("one", "note one"));
        await requirements.DoAsync(Commands.Note("second").Keyed("two", "note two"));

        var next = await requirements.DoAsync(On(held, Commands.Note("first")).Keyed("one", "note one"));
        var later = await requirements.DoAsync(On(held, Commands.Note("second")).Keyed("two", "note two"));

        Assert.Equal((true, new StreamPosition(2, 2), "first"), (next.IsReplay, next.Aggregate.Position, Assert.Single(next.Aggregate.State.Notes)));
        Assert.Equal((true, new StreamPosition(3, 3)), (later.IsReplay, later.Aggregate.Position));
        Assert.Equal(["first", "second"], later.Aggregate.State.Notes);
    }

    [Fact]
    public async Task It_goes_with_the_expectation_of_its_position_and_no_other()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var held = WithoutNotes(await requirements.DoAsync(Commands.Create("Sign in")));

        await Assert.ThrowsAsync<ArgumentException>(() => requirements.RunAsync(On(held, Commands.Note("mine")) with { Expected = ExpectedPosition.Any }));
    }

    private static Aggregate<Requirement> WithoutNotes(CommandResult<Requirement>.Appended done) =>
        done.Aggregate with { State = done.Aggregate.State with { Notes = [] } };

    private static AggregateCommand<Requirement> On(Aggregate<Requirement> held, AggregateCommand<Requirement> command) =>
        command with { Held = held, Expected = ExpectedPosition.At(held.Position) };
}
