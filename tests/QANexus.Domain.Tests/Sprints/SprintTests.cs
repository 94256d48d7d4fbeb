using System.Collections.Immutable;
using QANexus.Domain.Sprints;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Aggregates;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.Sprints;

public sealed class SprintTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly NewSprint New = new() { Name = "One", Capacity = 20, StartDate = Start, EndDate = Start.AddDays(14) };

    private static AggregateScenario<SprintState> Sprint => Scenario.Of(new SprintAggregate());

    private static AggregateScenario<SprintState> Planned => Sprint.Given(new SprintCreated("One", 20, Start, Start.AddDays(14)));

    [Fact]
    public void Every_command_does_in_every_status_what_the_table_says() => Matrix.Check(
        """
                  | add               | remove            | move              | start             | complete          | cancel
        PLANNED   | PLANNED           | PLANNED           | PLANNED           | ACTIVE            | sprint.transition | CANCELLED
        ACTIVE    | sprint.transition | sprint.transition | ACTIVE            | sprint.transition | COMPLETED         | CANCELLED
        COMPLETED | sprint.transition | sprint.transition | sprint.transition | sprint.transition | sprint.transition | sprint.transition
        CANCELLED | sprint.transition | sprint.transition | sprint.transition | sprint.transition | sprint.transition | sprint.transition
        """,
        new Dictionary<SprintStatus, Life<SprintState>>
        {
            [SprintStatus.Planned] = Begin(),
            [SprintStatus.Active] = Begin().Do(static state => state.Start()),
            [SprintStatus.Completed] = Begin().Do(static state => state.Start(), static state => state.Complete()),
            [SprintStatus.Cancelled] = Begin().Do(static state => state.Cancel("no time")),
        },
        static state => state.Status,
        new Dictionary<string, Func<SprintState, Decision>>
        {
            ["add"] = static state => state.AddItem(Item("new", 1)),
            ["remove"] = static state => state.RemoveItem("i1"),
            ["move"] = static state => state.MoveItem("i1", SprintItemStatus.InTesting),
            ["start"] = static state => state.Start(),
            ["complete"] = static state => state.Complete(),
            ["cancel"] = static state => state.Cancel("no time"),
        });

    [Fact]
    public void Whatever_is_asked_of_it_a_sprint_stays_legal_and_follows_from_its_events() => Lives.Sample<SprintState>(
        Begin,
        [
            static (state, n, _) => state.AddItem(Item($"i{n % 8}", (n % 9) - 1)),
            static (state, n, _) => state.TakeUp(Item($"i{n % 12}", n % 9), Start.AddYears(n % 2)),
            static (state, n, _) => state.SettleBug($"i{n % 12}"),
            static (state, n, _) => state.RemoveItem($"i{n % 8}"),
            static (state, n, _) => state.MoveItem($"i{n % 8}", (SprintItemStatus)(n % 7)),
            static (state, n, _) => state.MoveItem($"i{n % 8}", SprintItemStatus.Done),
            static (state, n, _) => n % 5 == 0 ? state.Start() : Decision.Nothing,
            static (state, n, _) => n % 9 == 0 ? state.Complete() : Decision.Nothing,
            static (state, n, _) => n % 40 == 0 ? state.Cancel($"{n}") : Decision.Nothing,
        ],
        static state => state.Status,
        static (before, after) =>
        {
            Assert.True(before.Status == after.Status || SprintLife.Table.Allows(before.Status, after.Status));
            Assert.True(after.TotalStoryPoints <= after.Capacity);
            Assert.InRange(after.CompletedStoryPoints, 0, after.TotalStoryPoints);
            Assert.InRange(after.CompletionPercentage, 0, 100);
            Assert.Equal(after.Items.Length, after.Items.DistinctBy(static item => item.Id).Count());
            Assert.True(after.Status is not SprintStatus.Active || !after.Items.IsEmpty);
        });

    [Fact]
    public void A_sprint_is_planned_with_its_dates() => Sprint.When(static state => state.Create(New))
        .Then(new SprintCreated("One", 20, Start, Start.AddDays(14)));

    [Fact]
    public void Dates_come_before_the_capacity_among_what_is_refused()
    {
        Sprint.When(static state => state.Create(New with { EndDate = Start, Capacity = 0 })).ThenRejected("sprint.dates.invalid");
        Sprint.When(static state => state.Create(New with { Capacity = 20.5m })).ThenRejected("sprint.capacity.not_integer");
        Sprint.When(static state => state.Create(New with { Capacity = 1001 })).ThenRejected("sprint.capacity.max");
        Sprint.When(static state => state.Create(New with { Name = " " })).ThenRejected("sprint.name.required");
        Planned.When(static state => state.Create(New)).ThenRejected("sprint.exists");
    }

    [Fact]
    public void Items_fill_the_capacity_and_not_more()
    {
        var full = Planned.Given(Added("i1", 15), Added("i2", 5));

        Assert.True(full.ToState().Load.IsFull);
        full.When(static state => state.AddItem(Item("i3", 0))).Then(Added("i3", 0));
        full.When(static state => state.AddItem(Item("i3", 1) with { Title = "" })).ThenRejected("sprint.capacity.exceeded");
        Planned.Given(Added("i1", 15)).When(static state => state.AddItem(Item("i2", 6))).ThenRejected("sprint.capacity.exceeded");
        Planned.Given(Added("i1", 15)).When(static state => state.AddItem(Item("i2", int.MaxValue))).ThenRejected("sprint.capacity.exceeded");
    }

    [Fact]
    public void An_item_has_a_title_points_and_an_id_of_its_own()
    {
        Planned.When(static state => state.AddItem(Item("i1", -1) with { Title = " " })).ThenRejected("sprint.item.title.required");
        Planned.When(static state => state.AddItem(Item("i1", -1))).ThenRejected("sprint.item.points.negative");
        Planned.When(static state => state.AddItem(Item(" ", 1))).ThenRejected("sprint.item.id.required");
        foreach (var score in new[] { -0.1m, 100.1m, 50.00001m })
        {
            Planned.When(state => state.AddItem(Item("i1", 1) with { RqsScore = score })).ThenRejected("sprint.item.rqs.range");
        }

        Planned.Given(Added("i1", 1)).When(static state => state.AddItem(Item("i1", 1))).ThenRejected("sprint.item.duplicate");
        Planned.When(static state => state.RemoveItem("i9")).ThenRejected("sprint.item.not_found");
        Planned.When(static state => state.MoveItem("i9", SprintItemStatus.Done)).ThenRejected("sprint.item.not_found");
    }

    [Fact]
    public void What_comes_to_light_while_it_is_active_is_taken_up_without_points_and_once()
    {
        var full = Planned.Given(Added("i1", 20));
        var active = full.At(Start).Given(new SprintStarted(1, 20));

        active.When(static state => state.TakeUp(Item("b1", 5), Start)).Then(Added("b1", 0));
        active.Given(Added("b1", 0)).When(static state => state.TakeUp(Item("b1", 0), Start)).ThenNothing();
        active.Given(Added("b1", 0), new ItemStatusChanged("b1", SprintItemStatus.Todo, SprintItemStatus.Done)).When(static state => state.TakeUp(Item("b1", 0), Start))
            .Then(new ItemStatusChanged("b1", SprintItemStatus.Done, SprintItemStatus.Todo));
        active.When(static state => state.TakeUp(Item("b1", 0), Start.AddTicks(-1))).ThenNothing();
        full.When(static state => state.TakeUp(Item("b1", 0), Start)).ThenNothing();
        active.Given(new SprintCancelled("no time")).When(static state => state.TakeUp(Item("b1", 0), Start)).ThenNothing();
        active.Given([.. Enumerable.Range(2, SprintDecisions.MaxItemsToTakeUp - 1).Select(static n => Added($"i{n}", 0))])
            .When(static state => state.TakeUp(Item("b1", 0), Start)).ThenNothing();
    }

    [Fact]
    public void A_bug_that_is_settled_is_done_and_nothing_else_of_its_name_is()
    {
        var active = Planned.Given(Added("i1", 5)).Given(new SprintStarted(1, 5)).Given(Added("b1", 0) with { Type = SprintItemType.Bug });

        active.When(static state => state.SettleBug("b1")).Then(new ItemStatusChanged("b1", SprintItemStatus.Todo, SprintItemStatus.Done));
        active.Given(new ItemStatusChanged("b1", SprintItemStatus.Todo, SprintItemStatus.Done)).When(static state => state.SettleBug("b1")).ThenNothing();
        active.When(static state => state.SettleBug("i1")).ThenNothing();
        active.When(static state => state.SettleBug("b2")).ThenNothing();
        active.Given(new SprintCompleted()).When(static state => state.SettleBug("b1")).ThenNothing();
    }

    [Fact]
    public void A_start_names_everybody_who_has_work_in_it_once_and_not_too_many()
    {
        Assert.Equal(["bob", "ada"], StartedBy("bob", null, "ada", " ", "bob"));
        Assert.Equal(SprintDecisions.MaxNamedMembers, StartedBy([.. Enumerable.Range(0, 99).Select(static n => $"p{n}")]).Count);

        static IReadOnlyList<string> StartedBy(params string?[] assignees)
        {
            NewSprintItem[] items = [.. assignees.Select(static (assignee, n) => Item($"i{n}", 0) with { AssigneeId = assignee })];
            var atOnce = MembersOf(Sprint.When(state => state.Create(New with { Items = [.. items], Starts = true })));
            Assert.Equal(atOnce, MembersOf(Planned.Given([.. items.Select(static item => Added(item.Id, 0) with { AssigneeId = item.AssigneeId })]).When(static state => state.Start())));
            return atOnce;
        }

        static IReadOnlyList<string> MembersOf(AggregateOutcome<SprintState> outcome)
        {
            IReadOnlyList<string> members = [];
            outcome.Then(events => members = events.OfType<SprintStarted>().Single().MemberIds);
            return members;
        }
    }

    [Fact]
    public void An_item_moves_freely_and_every_move_is_an_event()
    {
        var active = Planned.Given(Added("i1", 5)).Given(new SprintStarted(1, 5));

        active.When(static state => state.MoveItem("i1", SprintItemStatus.Done)).Then(new ItemStatusChanged("i1", SprintItemStatus.Todo, SprintItemStatus.Done, 5));
        active.When(static state => state.MoveItem("i1", SprintItemStatus.Todo)).ThenNothing();
    }

    [Fact]
    public void A_plan_is_created_filled_and_started_at_once_or_not_at_all()
    {
        Sprint.When(static state => state.Create(New with { Items = [Item("i1", 5), Item("i2", 8)], Starts = true }))
            .Then(new SprintCreated("One", 20, Start, Start.AddDays(14)), Added("i1", 5), Added("i2", 8), new SprintStarted(2, 13));
        Sprint.When(static state => state.Create(New with { Items = [Item("i1", 15), Item("i2", 6)] })).ThenRejected("sprint.capacity.exceeded");
        Sprint.When(static state => state.Create(New with { Items = [Item("i1", 1), Item("i1", 1)] })).ThenRejected("sprint.item.duplicate");
        Sprint.When(static state => state.Create(New with { Starts = true })).ThenRejected("sprint.empty");
    }

    [Fact]
    public void An_empty_sprint_does_not_start() => Planned.When(static state => state.Start()).ThenRejected("sprint.empty");

    [Fact]
    public void The_figures_of_a_completion_follow_from_the_items() =>
        Planned.Given(Added("i1", 5), Added("i2", 8)).Given(new SprintStarted(2, 13))
            .Given(new ItemStatusChanged("i1", SprintItemStatus.Todo, SprintItemStatus.Done, 5))
            .When(static state => state.Complete())
            .Then(new SprintCompleted(2, 1, 13, 5, 38, 5, ["i2"]));

    [Fact]
    public void A_sprint_without_points_is_complete_to_0_percent() =>
        Planned.Given(Added("i1", 0)).Given(new SprintStarted(1, 0)).When(static state => state.Complete())
            .Then(new SprintCompleted(1, 0, 0, 0, 0, 0, ["i1"]));

    [Fact]
    public void A_cancelled_sprint_gives_back_what_was_not_done()
    {
        var state = Planned.Given(Added("i1", 5), Added("i2", 8)).Given(new ItemStatusChanged("i1", SprintItemStatus.Todo, SprintItemStatus.Done, 5))
            .When(static state => state.Cancel("reorganised")).Then(new SprintCancelled("reorganised", ["i2"]));

        Assert.Equal([SprintItemStatus.Done, SprintItemStatus.Backlog], state.Items.Select(static item => item.Status));
        Planned.When(static state => state.Cancel("")).ThenRejected("sprint.reason.required");
    }

    [Fact]
    public void A_high_requirement_makes_a_high_item() =>
        Planned.When(static state => state.AddItem(Item("i1", 1) with { Priority = SprintItemPriority.High, Type = SprintItemType.Feature, RequirementId = "r1" }))
            .Then(new ItemAddedToSprint("i1", "Item i1", 1, SprintItemPriority.High, SprintItemType.Feature, "r1"));

    private static ItemAddedToSprint Added(string id, int points) => new(id, $"Item {id}", points);

    private static NewSprintItem Item(string id, int points) => new() { Id = id, Title = $"Item {id}", StoryPoints = points };

    private static Life<SprintState> Begin() => new Life<SprintState>(new SprintAggregate(), SprintJson.Default)
        .Do(static state => state.Create(New with { Items = ImmutableArray.Create(Item("i1", 5)) }));
}
