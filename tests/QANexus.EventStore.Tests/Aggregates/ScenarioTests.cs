using QANexus.EventStore.Aggregates;
using QANexus.Testing.Aggregates;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Tests.Aggregates;

/// <summary>The sample aggregate, tested as an author would, and what the kit says when such a test fails.</summary>
public sealed class ScenarioTests
{
    private static AggregateScenario<Requirement> Draft => Scenario.Of(new RequirementDefinition()).Given(new RequirementCreated("Sign in"));

    [Fact]
    public void A_command_raises_events_and_leads_to_a_state()
    {
        var state = Draft.When(static state => state.Note("a", "b")).Then(new RequirementNoted("a"), new RequirementNoted("b"));
        Assert.Equal(["a", "b"], state.Notes);
        Draft.When(static state => state.Analyze(85)).Then(static events => Assert.Equal(85, Assert.IsType<RequirementAnalyzed>(Assert.Single(events)).Score));
    }

    [Fact]
    public void A_rule_says_no_or_there_is_nothing_to_do()
    {
        Assert.Equal(
            RejectionKind.Invariant, Draft.Given(new RequirementAnalyzed(60)).When(static state => state.Approve()).ThenRejected("requirement.rqs.too_low").Kind);
        Assert.Equal(
            RejectionKind.Transition,
            Draft.Given(new RequirementApproved()).When(static state => state.Rename("x")).ThenRejected("requirement.transition").Kind);
        Draft.Given(new RequirementApproved()).When(static state => state.Approve()).ThenNothing();
        Draft.When(static state => state.Note()).ThenNothing();
    }

    [Fact]
    public void Who_and_when_are_those_of_the_envelope()
    {
        var state = Draft.By("ada").When(static state => state.Approve()).Then(new RequirementApproved());
        Assert.Equal("ada", state.ApprovedBy);
        Assert.Equal("bob", Draft.By("bob").Given(new RequirementApproved()).By("ada").ToState().ApprovedBy);
    }

    [Fact]
    public void A_redacted_event_still_leads_to_its_status()
    {
        var redacted = Draft.Given(new RequirementAnalyzed(80), new RequirementApproved()).WithRedacted(1).WithRedacted(2).ToState();
        Assert.Equal((RequirementStatus.Approved, "(redacted)", null), (redacted.Status, redacted.Title, redacted.Score));
    }

    [Fact]
    public void A_test_that_expects_other_events_says_what_was_decided()
    {
        var failure = Assert.Throws<ScenarioFailedException>(() => Draft.When(static state => state.Note("a")).Then(new RequirementNoted("b")));
        Assert.Equal(
            """
            After 1 events Requirement should decide these events:
              RequirementNoted {"text":"b"}
            but decided these events:
              RequirementNoted {"text":"a"}
            """,
            failure.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_test_that_expects_another_kind_of_decision_says_what_was_decided()
    {
        var approve = Draft.Given(new RequirementAnalyzed(60)).When(static state => state.Approve());
        Assert.EndsWith(
            "should decide nothing\nbut decided a rejection by requirement.rqs.too_low (Invariant): The score 60 is below 75.",
            Assert.Throws<ScenarioFailedException>(approve.ThenNothing).Message, StringComparison.Ordinal);
        Assert.Contains(
            "should decide a rejection by other", Assert.Throws<ScenarioFailedException>(() => approve.ThenRejected("other")).Message, StringComparison.Ordinal);
        Assert.Contains("should decide events", Assert.Throws<ScenarioFailedException>(() => approve.Then(static _ => { })).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "should decide these events:\n  (none)\nbut decided nothing",
            Assert.Throws<ScenarioFailedException>(() => Draft.When(static _ => Decision.Nothing).Then()).Message, StringComparison.Ordinal);
    }
}
