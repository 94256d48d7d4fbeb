using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Transitions;
using QANexus.Domain.Words;

namespace QANexus.Domain.Tests.Transitions;

/// <summary>The tables as the domain's document draws them: a row a status, every cell that is not named is refused.</summary>
public sealed class TransitionTableTests
{
    [Fact]
    public void The_life_of_a_requirement() => Check(
        RequirementLife.Table,
        "DRAFT: PUBLISHED READY APPROVED BACKLOGGED NEEDS_REVISION",
        "PUBLISHED: READY APPROVED BACKLOGGED NEEDS_REVISION",
        "READY: APPROVED BACKLOGGED NEEDS_REVISION",
        "APPROVED: BACKLOGGED NEEDS_REVISION COMPLETED",
        "BACKLOGGED: NEEDS_REVISION COMPLETED",
        "NEEDS_REVISION: PUBLISHED BACKLOGGED",
        "COMPLETED:");

    [Fact]
    public void The_life_of_a_sprint() => Check(
        SprintLife.Table, "PLANNED: ACTIVE CANCELLED", "ACTIVE: COMPLETED CANCELLED", "COMPLETED:", "CANCELLED:");

    [Fact]
    public void The_life_of_a_release() => Check(
        ReleaseLife.Table,
        "PLANNED: ACTIVE BLOCKED ABORTED",
        "ACTIVE: FROZEN BLOCKED ABORTED",
        "FROZEN: RELEASED BLOCKED ABORTED",
        "RELEASED:",
        "BLOCKED: ACTIVE ABORTED",
        "ABORTED:");

    [Fact]
    public void The_life_of_a_bug() => Check(
        BugLife.Table,
        "OPEN: TRIAGED DEFERRED INVALID",
        "TRIAGED: IN_PROGRESS DEFERRED INVALID",
        "IN_PROGRESS: RESOLVED DEFERRED INVALID",
        "RESOLVED: VERIFIED INVALID OPEN",
        "VERIFIED: CLOSED OPEN",
        "CLOSED:",
        "DEFERRED: TRIAGED OPEN",
        "INVALID:");

    [Fact]
    public void The_life_of_a_test_run() => Check(
        TestRunLife.Table,
        "CREATED: RUNNING CANCELLED",
        "RUNNING: COMPLETED STOPPED CANCELLED",
        "COMPLETED: ANALYZED CANCELLED",
        "STOPPED: ANALYZED CANCELLED",
        "ANALYZED: CANCELLED",
        "CANCELLED:");

    [Fact]
    public void A_table_has_one_row_for_every_status() =>
        Assert.Throws<ArgumentException>(static () => new TransitionTable<SprintStatus>((SprintStatus.Planned, [SprintStatus.Active])));

    private static void Check<TStatus>(TransitionTable<TStatus> table, params string[] rows)
        where TStatus : struct, Enum
    {
        Assert.Equal(rows, Word.All<TStatus>().Select(from =>
        {
            Assert.True(Word.TryRead<TStatus>(from, out var status));
            Assert.Equal(table.AllowedFrom(status).Count == 0, table.IsTerminal(status));
            Assert.All(Enum.GetValues<TStatus>(), to => Assert.Equal(table.AllowedFrom(status).Contains(to), table.Allows(status, to)));
            return $"{from}: {string.Join(' ', table.AllowedFrom(status).Select(Word.Of))}".TrimEnd();
        }));
    }
}
