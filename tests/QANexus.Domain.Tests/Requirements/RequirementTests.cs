using System.Text.Json;
using QANexus.Domain.Actors;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.Requirements;

public sealed class RequirementTests
{
    private static readonly Actor Pm = new("pat", [Role.Pm]);
    private static readonly RequirementPolicy Policy = RequirementPolicy.Default;
    private static readonly RequirementPolicy Waiving = new() { WaivesAnalysis = true };
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly NewRequirement New = new() { Title = "Sign in", Content = "Users sign in.", AcceptanceCriteria = AcceptanceCriterion.OfTexts(["it works", "it is quick"]) };

    private static AggregateScenario<RequirementState> Requirement => Scenario.Of(new RequirementAggregate());

    private static AggregateScenario<RequirementState> Draft => Requirement.Given(Created());

    [Fact]
    public void Every_command_does_in_every_status_what_the_table_says() => Matrix.Check(
        """
                      | publish                | ready                  | approve                | backlog                | revise                 | edit                   | prioritise             | analyze                | complete               | tasks
        DRAFT         | PUBLISHED              | READY                  | APPROVED               | BACKLOGGED             | NEEDS_REVISION         | DRAFT                  | DRAFT                  | DRAFT                  | requirement.transition | requirement.transition
        PUBLISHED     | -                      | READY                  | APPROVED               | BACKLOGGED             | NEEDS_REVISION         | PUBLISHED              | PUBLISHED              | PUBLISHED              | requirement.transition | requirement.transition
        READY         | requirement.transition | -                      | APPROVED               | BACKLOGGED             | NEEDS_REVISION         | READY                  | READY                  | READY                  | requirement.transition | requirement.transition
        APPROVED      | requirement.transition | requirement.transition | -                      | BACKLOGGED             | NEEDS_REVISION         | requirement.transition | APPROVED               | requirement.transition | COMPLETED              | APPROVED
        BACKLOGGED    | requirement.transition | requirement.transition | requirement.transition | -                      | NEEDS_REVISION         | requirement.transition | BACKLOGGED             | requirement.transition | COMPLETED              | BACKLOGGED
        NEEDS_REVISION| PUBLISHED              | requirement.transition | requirement.transition | BACKLOGGED             | -                      | NEEDS_REVISION         | NEEDS_REVISION         | requirement.transition | requirement.transition | requirement.transition
        COMPLETED     | requirement.transition | requirement.transition | requirement.transition | requirement.transition | requirement.transition | requirement.transition | requirement.transition | requirement.transition | -                      | requirement.transition
        """,
        new Dictionary<RequirementStatus, Life<RequirementState>>
        {
            [RequirementStatus.Draft] = Begin(),
            [RequirementStatus.Published] = Begin().Do(static state => state.Publish()),
            [RequirementStatus.Ready] = Begin().Do(static state => state.MarkReady()),
            [RequirementStatus.Approved] = Begin().Do(static state => state.Approve(Pm, Noon, Waiving)),
            [RequirementStatus.Backlogged] = Begin().Do(static state => state.Approve(Pm, Noon, Waiving), static state => state.Backlog()),
            [RequirementStatus.NeedsRevision] = Begin().Do(static state => state.NeedsRevision("vague")),
            [RequirementStatus.Completed] = Begin().Do(static state => state.Approve(Pm, Noon, Waiving), static state => state.Complete()),
        },
        static state => state.Status,
        new Dictionary<string, Func<RequirementState, Decision>>
        {
            ["publish"] = static state => state.Publish(),
            ["ready"] = static state => state.MarkReady(),
            ["approve"] = static state => state.Approve(Pm, Noon, Waiving),
            ["backlog"] = static state => state.Backlog(),
            ["revise"] = static state => state.NeedsRevision("vague"),
            ["edit"] = static state => state.Update(new RequirementChanges(Title: "Other")),
            ["prioritise"] = static state => state.Update(new RequirementChanges(Priority: RequirementPriority.Critical)),
            ["analyze"] = static state => state.Analyze(Rqs(80)),
            ["complete"] = static state => state.Complete(),
            ["tasks"] = static state => state.RecordTasks(TaskPlan.For(state, Event(2))),
        });

    [Fact]
    public void Whatever_is_asked_of_it_a_requirement_stays_legal_and_follows_from_its_events() => Lives.Sample<RequirementState>(
        Begin,
        [
            static (state, _, _) => state.Publish(),
            static (state, _, _) => state.MarkReady(),
            static (state, n, now) => state.Approve(Pm, now, n % 2 == 0 ? Waiving : Policy),
            static (state, _, _) => state.Backlog(),
            static (state, n, _) => state.NeedsRevision($"reason {n}"),
            static (state, n, _) => state.Update(new RequirementChanges(Title: $"T{n % 3}", Priority: (RequirementPriority)(n % 4))),
            static (state, n, _) => state.Update(new RequirementChanges(AcceptanceCriteria: AcceptanceCriterion.OfTexts([$"{n}", "b"]))),
            static (state, n, _) => state.Analyze(Rqs(n / 9.5m)),
            static (state, _, _) => state.Complete(),
            static (state, n, _) => state.RecordTasks(TaskPlan.For(state, Event(1 + (n % 4)))),
            static (state, n, _) => state.RecordTaskFailure($"{n}"),
        ],
        static state => state.Status,
        static (before, after) =>
        {
            Assert.True(before.Status == after.Status || RequirementLife.Table.Allows(before.Status, after.Status));
            Assert.False(string.IsNullOrWhiteSpace(after.Title));
            Assert.True(after.Rqs is null || after.Rqs.FindViolation() is null);
            Assert.True(after.Status is not RequirementStatus.Approved || after.ApproverId == "pat");
            Assert.True(after.UpdatedAt >= before.UpdatedAt && after.CreatedAt == Life<RequirementState>.Birth);
        });

    [Fact]
    public void A_requirement_begins_as_a_draft_with_what_was_said() =>
        Requirement.When(static state => state.Create(New with { Priority = RequirementPriority.High, Type = RequirementType.Feature }))
            .Then(new RequirementCreated("Sign in", "Users sign in.", RequirementPriority.High, RequirementType.Feature, [new("ac-1", "it works"), new("ac-2", "it is quick")]));

    [Theory]
    [InlineData(" ", "", "requirement.title.required")]
    [InlineData("t", "\t", "requirement.content.required")]
    public void Title_and_content_must_say_something(string title, string content, string rule) =>
        Requirement.When(state => state.Create(New with { Title = title, Content = content })).ThenRejected(rule);

    [Fact]
    public void A_new_criterion_takes_no_id_that_another_one_has()
    {
        var state = Draft.When(static state => state.Update(new RequirementChanges(AcceptanceCriteria: [new("", "it is safe"), new("ac-1", "it works"), new("", "it lasts"), new("ac-3", "it ends")])))
            .Then(static _ => { });

        Assert.Equal(["ac-2", "ac-1", "ac-4", "ac-3"], state.AcceptanceCriteria.Select(static criterion => criterion.Id));
    }

    [Fact]
    public void Criteria_have_ids_of_their_own_and_texts()
    {
        Requirement.When(static state => state.Create(New with { AcceptanceCriteria = [new("a", "x"), new("a", "y")] })).ThenRejected("requirement.criteria.invalid");
        Draft.When(static state => state.Update(new RequirementChanges(AcceptanceCriteria: [new("a", " ")]))).ThenRejected("requirement.criteria.invalid");
    }

    [Fact]
    public void Nobody_begins_a_requirement_twice() => Draft.When(static state => state.Create(New)).ThenRejected("requirement.exists");

    [Fact]
    public void The_input_can_change_afterwards_without_effect()
    {
        var texts = new List<string> { "it works" };
        var criteria = AcceptanceCriterion.OfTexts(texts);
        texts[0] = "changed";

        var state = Requirement.When(state => state.Create(New with { AcceptanceCriteria = criteria })).Then(static _ => { });

        Assert.Equal("it works", Assert.Single(state.AcceptanceCriteria).Text);
    }

    [Fact]
    public void Only_what_really_changes_is_an_event()
    {
        Draft.When(static state => state.Update(new RequirementChanges("Sign in", "New", RequirementPriority.Medium, null, AcceptanceCriterion.OfTexts(["it works", "it is quick"]))))
            .Then(new RequirementUpdated(new RequirementChanges(Content: "New")));
        Draft.When(static state => state.Update(new RequirementChanges("Sign in"))).ThenNothing();
        Draft.When(static state => state.Update(new RequirementChanges(" "))).ThenRejected("requirement.title.required");
        Draft.When(static state => state.Update(new RequirementChanges(Content: ""))).ThenRejected("requirement.content.required");
    }

    [Fact]
    public void A_changed_text_has_no_score_and_another_priority_leaves_it()
    {
        var analyzed = Draft.Given(Analyzed(90));

        Assert.Null(analyzed.When(static state => state.Update(new RequirementChanges(Title: "Other"))).Then(static _ => { }).Rqs);
        Assert.Equal(90, analyzed.When(static state => state.Update(new RequirementChanges(Priority: RequirementPriority.Low))).Then(static _ => { }).QualityScore);
    }

    [Fact]
    public void An_approval_needs_75_and_says_who_in_which_role_and_when()
    {
        Draft.Given(Analyzed(74)).When(static state => state.Approve(Pm, Noon, Policy)).ThenRejected("requirement.rqs.too_low");
        var approved = Draft.Given(Analyzed(75)).When(static state => state.Approve(new Actor("eve", [Role.Dev, Role.Em]), Noon, Policy))
            .Then(new RequirementApproved("eve", "EM", Noon, "Sign in", 75));

        Assert.True(approved.IsReadyForSprint(Policy));
        Assert.False(approved.IsReadyForSprint(Policy with { MinimumRqs = 76 }));
        Assert.Equal(("eve", "EM", Noon), (approved.ApproverId, approved.ApproverRole, approved.ApprovedAt));
    }

    [Fact]
    public void Without_an_analysis_only_a_tenant_that_waives_it_approves_and_nothing_is_ready_for_a_sprint()
    {
        Draft.When(static state => state.Approve(Pm, Noon, Policy)).ThenRejected("requirement.rqs.missing");
        Assert.False(Draft.When(static state => state.Approve(Pm, Noon, Waiving)).Then(static _ => { }).IsReadyForSprint(Policy));
    }

    [Fact]
    public void A_second_approval_is_nothing_whatever_the_threshold_has_become() =>
        Draft.Given(Analyzed(80), new RequirementApproved("pat", "PM", Noon)).When(static state => state.Approve(Pm, Noon, Policy with { MinimumRqs = 95 })).ThenNothing();

    [Fact]
    public void A_score_outside_its_range_is_refused() =>
        Draft.When(static state => state.Analyze(Rqs(80) with { Clarity = 999 })).ThenRejected("rqs.clarity.range");

    [Fact]
    public void The_reason_for_a_revision_stays_in_the_event()
    {
        Draft.When(static state => state.NeedsRevision("too vague")).Then(new RequirementNeedsRevision("too vague"));
        Draft.When(static state => state.NeedsRevision(" ")).ThenRejected("requirement.reason.required");
    }

    [Fact]
    public void Tasks_follow_from_the_approval_and_come_once()
    {
        var approved = Draft.Given(new RequirementUpdated(new RequirementChanges(Priority: RequirementPriority.High)), new RequirementApproved("pat", "PM", Noon));
        var tasks = TaskPlan.For(approved.ToState(), Event(3));

        Assert.Equal(
            [("Design: Sign in", SprintItemType.Task, 4), ("Implement: Sign in", SprintItemType.Feature, 16), ("Test: it works", SprintItemType.Task, 8), ("Test: it is quick", SprintItemType.Task, 8)],
            tasks.Select(static task => (task.Title, task.Type, task.EstimatedHours)));
        Assert.All(tasks, static task => Assert.Equal(SprintItemPriority.High, task.Priority));
        Assert.Equal(["Requirement~a1~3~0", "Requirement~a1~3~1", "Requirement~a1~3~2", "Requirement~a1~3~3"], tasks.Select(static task => task.Id));
        approved.When(state => state.RecordTasks(tasks)).Then(new TasksGenerated(tasks, 4));
        approved.Given(new TasksGenerated(tasks, 4)).When(state => state.RecordTasks(tasks)).ThenNothing();
    }

    [Fact]
    public void A_requirement_without_criteria_still_gets_a_test()
    {
        var tasks = TaskPlan.For(Requirement.Given(new RequirementCreated("Sign in", "c")).ToState(), Event(1));

        Assert.Equal(["Design: Sign in", "Implement: Sign in", "Test: Sign in"], tasks.Select(static task => task.Title));
        Assert.Equal(28, tasks.Sum(static task => task.EstimatedHours));
    }

    [Fact]
    public void Events_that_clients_appended_with_less_in_them_are_folded()
    {
        var state = Requirement.Given(new RequirementCreated(), new RequirementApproved(), new RequirementUpdated(), new TasksGenerated()).ToState();

        Assert.Equal((RequirementStatus.Approved, "a1", true), (state.Status, state.Id, state.Tasks.IsEmpty));
    }

    [Theory]
    [InlineData("""["it works",{"id":"q","text":"it is quick","more":[1]}]""", "ac-1 it works|q it is quick")]
    [InlineData("[]", "")]
    public void Criteria_are_read_as_texts_too(string json, string criteria)
    {
        var created = JsonSerializer.Deserialize($$"""{"title":"t","content":"c","acceptanceCriteria":{{json}}}""", RequirementJson.Default.RequirementCreated)!;

        var state = Requirement.Given(created).ToState();

        Assert.Equal(criteria, string.Join('|', state.AcceptanceCriteria.Select(static criterion => $"{criterion.Id} {criterion.Text}")));
        Requirement.When(_ => RequirementState.Initial.Create(New with { AcceptanceCriteria = created.AcceptanceCriteria }))
            .Then(new RequirementCreated("Sign in", "Users sign in.", AcceptanceCriteria: state.AcceptanceCriteria));
        Requirement.Given(created).When(state => state.Update(new RequirementChanges(AcceptanceCriteria: created.AcceptanceCriteria))).ThenNothing();
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    public void And_nothing_else(string json) => Assert.Throws<JsonException>(() =>
        JsonSerializer.Deserialize($$"""{"acceptanceCriteria":{{json}}}""", RequirementJson.Default.RequirementCreated));

    [Fact]
    public void A_redacted_analysis_leaves_no_score() =>
        Assert.Null(Draft.Given(Analyzed(90)).WithRedacted(2).ToState().Rqs);

    private static EventId Event(long version) => EventId.At(StreamId.Parse("Requirement:a1"), version);

    private static RequirementCreated Created() => new("Sign in", "Users sign in.", AcceptanceCriteria: AcceptanceCriterion.OfTexts(["it works", "it is quick"]));

    private static RequirementAnalyzed Analyzed(decimal score) => new(score, score, score, score, score, ["good"]);

    private static RqsScore Rqs(decimal score)
    {
        var rounded = Math.Min(100, Math.Round(score, 2));
        return new RqsScore { Score = rounded, Clarity = rounded, Completeness = rounded, Testability = rounded, Consistency = rounded };
    }

    private static Life<RequirementState> Begin() => new Life<RequirementState>(new RequirementAggregate(), RequirementJson.Default).Do(static state => state.Create(New));
}
