using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Aggregates;

public sealed class CommandTests
{
    [Fact]
    public async Task A_command_appends_its_events_and_answers_with_the_state_after_them()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var created = await requirements.DoAsync(Commands.Create("Sign in"));
        var noted = await requirements.DoAsync(Commands.Note("first", "second") with { Metadata = new AppendMetadata { Actor = "ada" } });

        Assert.Equal(new StreamPosition(1, 1), created.Aggregate.Position);
        Assert.Equal((new StreamPosition(2, 3), false), (noted.Receipt.Position, noted.IsReplay));
        Assert.Equal("Sign in", noted.Aggregate.State.Title);
        Assert.Equal(["first", "second"], noted.Aggregate.State.Notes);

        // The events of the answer are those that a reader finds.
        var stored = await fixture.Store.ReadAllAsync(Some.Stream);
        Assert.Equal(stored.Skip(1), noted.Events);
        Assert.Equal("ada", stored[2].Origin.Actor);
    }

    [Fact]
    public async Task A_rule_that_says_no_is_named_and_nothing_is_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        await requirements.DoAsync(Commands.Analyze(50));

        var rejected = Assert.IsType<CommandResult<Requirement>.Rejected>(await requirements.RunAsync(Commands.Approve()));
        Assert.Equal(("requirement.rqs.too_low", RejectionKind.Invariant), (rejected.Rejection.Rule, rejected.Rejection.Kind));
        Assert.Equal(2, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task What_is_so_already_is_a_success_without_an_event()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        await requirements.DoAsync(Commands.Approve());

        var unchanged = Assert.IsType<CommandResult<Requirement>.Unchanged>(await requirements.RunAsync(Commands.Approve()));
        Assert.Equal(new StreamPosition(2, 2), unchanged.Aggregate.Position);
    }

    [Fact]
    public async Task An_aggregate_that_does_not_exist_is_not_found_and_one_that_exists_is_not_created_again()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        Assert.IsType<CommandResult<Requirement>.NotFound>(await requirements.RunAsync(Commands.Approve()));
        Assert.IsType<CommandResult<Requirement>.NotFound>(
            await requirements.RunAsync(Commands.Approve() with { Expected = ExpectedPosition.AtVersion(3) }));

        await requirements.DoAsync(Commands.Create());
        var again = Assert.IsType<CommandResult<Requirement>.VersionConflict>(await requirements.RunAsync(Commands.Create()));
        Assert.Equal(new StreamPosition(1, 1), again.Current);
        await requirements.DoAsync(Commands.Note("either way") with { Expected = ExpectedPosition.Any });
    }

    [Fact]
    public async Task A_position_that_is_expected_holds_or_the_command_is_a_conflict()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var first = (await requirements.DoAsync(Commands.Create())).Receipt.Position;
        var second = (await requirements.DoAsync(Commands.Note("x") with { Expected = ExpectedPosition.At(first) })).Receipt.Position;

        ExpectedPosition[] wrong =
        [
            ExpectedPosition.At(first), ExpectedPosition.Claimed(first), ExpectedPosition.AtVersion(1), ExpectedPosition.Claimed(new StreamPosition(9, 9)),
        ];
        foreach (var expected in wrong)
        {
            var conflict = Assert.IsType<CommandResult<Requirement>.VersionConflict>(
                await requirements.RunAsync(Commands.Note("y") with { Expected = expected }));
            Assert.Equal(second, conflict.Current);
        }

        await requirements.DoAsync(Commands.Note("z") with { Expected = ExpectedPosition.Claimed(second) });
        await requirements.DoAsync(Commands.Note("z") with { Expected = ExpectedPosition.AtVersion(3) });
    }

    [Fact]
    public async Task A_command_retried_after_its_answer_was_lost_is_stored_once()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        AppendOutcomeUnknownException open;
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Times = 1 }))
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Skip = 1 }))
        {
            open = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(
                () => requirements.RunAsync(Commands.Note("once") with { Fingerprint = RequestFingerprint.Of("note once", []) }));
        }

        // The key was the store's own; the caller's digest tells that it is the same request.
        var retry = await fixture.StartProcess().Requirements().DoAsync(Commands.Note("once").Keyed(open.CommitId.Value, "note once"));
        Assert.True(retry.IsReplay);
        Assert.Equal(["once"], (await requirements.LoadAsync()).State.Notes);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_whatever_the_decision_would_be_now()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var created = await requirements.DoAsync(Commands.Create().Keyed("k1", "create"));
        var renamed = await requirements.DoAsync(Commands.To(static state => state.Rename("Log in")).Keyed("k2", "rename"));
        await requirements.DoAsync(Commands.Approve().Keyed("k3", "approve"));

        var other = fixture.StartProcess().Requirements();
        (CommandResult<Requirement>.Appended First, CommandResult<Requirement>.Appended Again)[] repeats =
        [
            // Would be a conflict, a rejection, another event, and no event.
            (created, await other.DoAsync(Commands.Create().Keyed("k1", "create"))),
            (renamed, await other.DoAsync(Commands.To(static state => state.Rename("Log in")).Keyed("k2", "rename"))),
            (renamed, await other.DoAsync(Commands.Note("other").Keyed("k2", "rename"))),
            (renamed, await other.DoAsync(Commands.To(static _ => Decision.Nothing).Keyed("k2", "rename"))),
        ];
        Assert.All(repeats, static repeat =>
        {
            Assert.True(repeat.Again.IsReplay);
            Assert.Equal(repeat.First.Receipt.Position, repeat.Again.Receipt.Position);
            Assert.Equal(repeat.First.Receipt.Events, repeat.Again.Receipt.Events);
            Assert.Equal(repeat.First.Events, repeat.Again.Events);
            Assert.Equal(RequirementStatus.Approved, repeat.Again.Aggregate.State.Status);
        });
        Assert.Equal(3, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task A_key_that_stands_for_another_request_is_refused_even_where_there_would_be_nothing_to_do()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create().Keyed("key", "create"));
        Func<Requirement, Decision>[] decisions =
            [static state => state.Note("x"), static _ => Decision.Nothing, static _ => Decision.Forbids("never", "Never.")];
        foreach (var decide in decisions)
        {
            Assert.IsType<CommandResult<Requirement>.KeyReused>(await requirements.RunAsync(Commands.To(decide).Keyed("key", "something else")));
        }

        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task A_key_without_the_digest_of_its_request_is_no_command()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(
            () => fixture.Process.Requirements().RunAsync(Commands.Create() with { CommitId = CommitId.Parse("key") }));
    }

    [Fact]
    public async Task An_append_of_several_commits_answers_with_the_commit_of_each_event_and_so_does_its_repeat()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        string[] long3 = [new string('a', 40_000), new string('b', 40_000), new string('c', 40_000)];
        var noted = await requirements.DoAsync(Commands.Note(long3).Keyed("long", "note"));
        var again = await fixture.StartProcess().Requirements().DoAsync(Commands.Note("short").Keyed("long", "note"));

        Assert.Equal([2L, 3, 4], noted.Events.Select(static e => e.Commit));
        Assert.Equal(new StreamPosition(4, 4), noted.Receipt.Position);
        Assert.Equal(noted.Events, again.Events);
        Assert.Equal(noted.Receipt.Events, again.Receipt.Events);
        Assert.Equal(long3, again.Aggregate.State.Notes);
    }

    [Fact]
    public async Task An_event_that_JSON_cannot_keep_is_refused_with_its_place()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var refused = await Assert.ThrowsAsync<InvalidAppendException>(() => fixture.Process.Requirements().RunAsync(
            Commands.Create() with { Decide = static _ => Decision.Raise(new RequirementCreated("fine"), new RequirementEstimated(12345678901234567890m)) }));
        Assert.Equal("/events/1/data/effort", Assert.Single(refused.Violations).Pointer);
        Assert.Empty(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task An_event_that_its_own_aggregate_cannot_fold_is_never_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        await requirements.DoAsync(Commands.Create());
        var failed = await Assert.ThrowsAsync<FoldFailedException>(
            () => requirements.RunAsync(Commands.To(static _ => Decision.Raise(new RequirementAnalyzed(1), new RequirementAnalyzed(int.MinValue)))));
        Assert.Equal((3, "RequirementAnalyzed"), (failed.Version, failed.Type.Value));
        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task An_event_of_a_type_that_nobody_registered_is_an_error_that_names_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Event("RequirementForgotten")), CancellationToken.None);
        var failed = await Assert.ThrowsAsync<FoldFailedException>(() => fixture.Process.Requirements().LoadAsync());
        Assert.Equal((Some.Stream, 1, "RequirementForgotten"), (failed.Stream, failed.Version, failed.Type.Value));

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Process.Requirements().RunAsync(Commands.Create() with
        {
            Decide = static _ => Decision.Raise("a class that is not registered"),
        }));
    }

    [Fact]
    public async Task Data_that_its_class_does_not_take_are_an_error_that_names_the_event()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var withoutAggregates = fixture.StartProcess(configure: static services => services.RemoveAll<AggregateDefinition>()).For("t1");
        await withoutAggregates.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Event("RequirementAnalyzed", data: """{"score":"high"}""")), CancellationToken.None);
        var failed = await Assert.ThrowsAsync<FoldFailedException>(() => fixture.Process.Requirements().LoadAsync());
        Assert.Contains("Event 1 of stream Requirement:r1", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_raised_event_says_beside_its_data_is_kept()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var time = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        Assert.True(EventId.TryParseOwn("own-1", out var id));
        var created = await fixture.Process.Requirements().DoAsync(Commands.Create() with
        {
            Decide = _ => Decision.Raise(new RaisedEvent(new RequirementCreated("Ä & ü"))
            {
                Id = id, OccurredAt = time, Metadata = JsonObjectText.Parse("""{"page":3}"""),
            }),
        });

        var stored = Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
        Assert.Equal(stored, Assert.Single(created.Events));
        Assert.Equal((id, time, """{"page":3}""", """{"title":"Ä & ü"}"""), (stored.Id, stored.OccurredAt, stored.Metadata.ToString(), stored.Data.ToString()));
    }
}
