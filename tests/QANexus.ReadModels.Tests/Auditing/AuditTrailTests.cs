using System.Text;
using System.Text.Json;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Auditing;

public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_audit_trail_says_who_did_what_when_and_once()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", ("Created", "2026-11-23T10:00:00Z"), ("Approved", "2026-11-24T10:00:00Z"));

        await fixture.DeliverAsync();
        fixture.Start();
        await fixture.DeliverAsync();

        var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, AuditTrail.View, after: null, 10, atLeast: null, CancellationToken.None)).Value;
        Assert.Equal(["Requirement:r1:0000000001", "Requirement:r1:0000000002"], page.Documents.Select(static document => document.Id.Value));
        using var entry = JsonDocument.Parse(page.Documents[1].Data);
        Assert.Equal("ada", entry.RootElement.GetProperty("actor").GetString());
        Assert.Equal("Approved", entry.RootElement.GetProperty("type").GetString());
        Assert.DoesNotContain("1.10", Encoding.UTF8.GetString(page.Documents[1].Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_why_something_was_deferred_reopened_invalidated_sent_back_stopped_cancelled_blocked_or_given_up()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync<BugState>(
            "b1", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3), state => state.Defer("after the fair", Some.Manager),
            static state => state.Reopen("the fair is over"), static state => state.Invalidate("works as meant"));
        await fixture.DoAsync<RequirementState>("r1", Some.Approved("It works.")[0], static state => state.Publish(), static state => state.NeedsRevision("too vague"));
        await fixture.DoAsync<TestRunState>("t1", Some.Run(1, 0)[0], static state => state.Stop("the lab is on fire"), static state => state.Cancel("for good"));
        await fixture.DoAsync<SprintState>("s1", static state => state.Create(new NewSprint { Name = "One", StartDate = Day, EndDate = Day.AddDays(14) }), static state => state.Cancel("no budget"));
        await fixture.DoAsync<ReleaseState>(
            "v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Day), static state => state.Activate(), static state => state.Block("legal"),
            static state => state.Abort("never mind"));

        await fixture.DeliverAsync();

        Assert.Equal(
            [
                "BugDeferred: after the fair", "BugInvalidated: works as meant", "BugReopened: the fair is over", "ReleaseAborted: never mind", "ReleaseBlocked: legal",
                "RequirementNeedsRevision: too vague", "SprintCancelled: no budget", "TestRunCancelled: for good", "TestRunStopped: the lab is on fire",
            ],
            from entry in await fixture.ListAsync(AuditTrail.View)
            let reason = entry.Text("reason")
            where reason is not "null" and not "-"
            orderby entry.Text("type")
            select $"{entry.Text("type")}: {reason}");
    }

    [Fact]
    public async Task A_redaction_takes_the_reason_away_and_is_an_entry_itself_and_what_was_read_before_brings_nothing_back()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync<BugState>("b1", Some.Reported(), static state => state.Invalidate("Bob Smith saw it wrong"));
        await fixture.DoAsync<BugState>("b2", Some.Reported(), static state => state.Invalidate("Bob Smith again"));
        var readBefore = await fixture.ReadFeedAsync();
        await fixture.Get<SubscriptionRunner>().DeliverAsync(
            SubscriptionGroups.Subscribers, Assert.Single(readBefore, static batch => batch.Contains("Bug:b1", StringComparison.Ordinal)), CancellationToken.None);
        await fixture.RedactAsync("Bug:b1", 2);
        await fixture.RedactAsync("Bug:b2", 2);

        await fixture.DeliverAsync();
        fixture.Start();
        foreach (var batch in readBefore)
        {
            await fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);
        }

        var entries = await fixture.TextsAsync(AuditTrail.View);
        Assert.DoesNotContain(entries, static entry => entry.Contains("Bob", StringComparison.Ordinal));
        Assert.Equal(["Bug:b1:0000000002:redacted", "Bug:b2:0000000002:redacted"], entries.Where(static entry => entry.Contains("asked to", StringComparison.Ordinal)).Select(static entry => entry.Split(' ')[0]));
        Assert.Contains(entries, static entry => entry.StartsWith("Bug:b1:0000000002 ", StringComparison.Ordinal) && entry.Contains("BugInvalidated", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", null)]
    [InlineData("""{"reason":null}""", null)]
    [InlineData("""{"reason":"  "}""", null)]
    [InlineData("""{"reason":["late"]}""", null)]
    [InlineData("""{"window":{"reason":"inner"},"list":[{"reason":"inner"}]}""", null)]
    [InlineData("""{"window":{"reason":"inner"},"r\u0065ason":"it \u00fcbersteigt","reasons":"no"}""", "it übersteigt")]
    public void A_reason_is_the_text_of_that_name_in_the_outermost_object(string data, string? reason) =>
        Assert.Equal(reason, EventReason.Find(Encoding.UTF8.GetBytes(data)));

    [Fact]
    public void Of_a_long_reason_its_beginning_is_kept() =>
        Assert.Equal(AuditEntry.MaxReasonLength, EventReason.Find(JsonSerializer.SerializeToUtf8Bytes(new { reason = new string('a', 100_000) }))!.Length);
}
