using QANexus.Domain.Bugs;
using QANexus.Domain.Words;

namespace QANexus.Domain.Tests.Bugs;

public sealed class BugFactsTests
{
    private static readonly BugPriority?[] Priorities = [null, BugPriority.P0, BugPriority.P1, BugPriority.P2, BugPriority.P3];

    [Theory]
    [InlineData("", "20/0 50/30 43/23 32/12 23/3")]
    [InlineData("CRITICAL", "70/50 100/80 93/73 82/62 73/53")]
    [InlineData("HIGH", "58/38 88/68 80/60 70/50 61/41")]
    [InlineData("MEDIUM", "40/20 70/50 63/43 52/32 43/23")]
    [InlineData("LOW", "25/5 55/35 48/28 37/17 28/8")]
    public void The_impact_of_a_bug_is_that_of_the_golden_table(string severity, string openAndClosed)
    {
        BugSeverity? value = Word.TryRead<BugSeverity>(severity, out var known) ? known : null;

        Assert.Equal(openAndClosed, string.Join(' ', Priorities.Select(priority =>
            $"{BugImpact.Score(value, priority, BugStatus.Open)}/{BugImpact.Score(value, priority, BugStatus.Closed)}")));
    }

    [Fact]
    public void A_critical_or_P0_bug_blocks_a_release_until_somebody_has_verified_that_it_is_gone()
    {
        BugStatus[] blocking = [BugStatus.Open, BugStatus.Triaged, BugStatus.InProgress, BugStatus.Resolved];

        Assert.All(Enum.GetValues<BugStatus>(), status =>
        {
            Assert.Equal(blocking.Contains(status), BugImpact.BlocksRelease(BugSeverity.Critical, BugPriority.P3, status));
            Assert.Equal(blocking.Contains(status), BugImpact.BlocksRelease(BugSeverity.Low, BugPriority.P0, status));
            Assert.False(BugImpact.BlocksRelease(BugSeverity.High, BugPriority.P1, status));
            Assert.False(BugImpact.BlocksRelease(null, null, status));
        });
    }

    [Theory]
    [InlineData(BugSeverity.Critical, BugPriority.P0, 1, 1)]
    [InlineData(BugSeverity.High, BugPriority.P1, 4, 3)]
    [InlineData(BugSeverity.Medium, BugPriority.P2, 24, 7)]
    [InlineData(BugSeverity.Low, BugPriority.P3, 72, 30)]
    [InlineData(null, null, 72, 30)]
    public void A_response_is_due_by_severity_and_a_resolution_by_priority(BugSeverity? severity, BugPriority? priority, int hours, int days)
    {
        var created = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        var triaged = created.AddHours(5);

        var sla = BugSla.Of(severity, priority, created, triaged);

        Assert.Equal(triaged.AddHours(hours), sla.RespondBy);
        Assert.Equal(created.AddDays(days), sla.ResolveBy);
        Assert.Equal(new BugSla.Outcome(Met: true, days * 24), sla.Resolved(created, created.AddDays(days)));
        Assert.False(sla.Resolved(created, created.AddDays(days).AddTicks(1)).Met);
    }

    [Theory]
    [InlineData(BugSeverity.Critical, false, BugPriority.P0)]
    [InlineData(BugSeverity.Low, true, BugPriority.P0)]
    [InlineData(BugSeverity.High, false, BugPriority.P1)]
    [InlineData(BugSeverity.Medium, false, BugPriority.P2)]
    [InlineData(BugSeverity.Low, false, BugPriority.P3)]
    public void A_severity_suggests_a_priority(BugSeverity severity, bool mainFlow, BugPriority priority) =>
        Assert.Equal(priority, PriorityFacts.Suggest(severity, mainFlow));
}
