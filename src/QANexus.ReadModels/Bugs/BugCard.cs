using QANexus.Domain.Bugs;

namespace QANexus.ReadModels.Bugs;

/// <summary>A bug as the board and its panel show it.</summary>
/// <param name="Bug">The bug with everything in it.</param>
/// <param name="RespondedAt">When work on it began, or it was resolved, since it was last triaged.</param>
internal sealed record BugCard(BugState Bug, DateTimeOffset? RespondedAt)
{
    /// <summary>Where it stands on the board; nothing for one that has left it.</summary>
    public BugColumn? Column => Bug.Status switch
    {
        BugStatus.Open => BugColumn.New,
        BugStatus.Triaged => BugColumn.Triaged,
        BugStatus.InProgress => BugColumn.InProgress,
        BugStatus.Resolved => BugColumn.Resolved,
        _ => null,
    };

    /// <summary>How much it matters, 0-100.</summary>
    public int Impact => Bug.ImpactScore;

    /// <summary>How far it has come, in percent.</summary>
    public int Progress => BugLife.Progress(Bug.Status);

    /// <summary>Whether it alone stops a release.</summary>
    public bool BlocksRelease => Bug.BlocksRelease;

    /// <summary>What was promised; nothing before it is triaged.</summary>
    public BugClocks? Sla => Bug.Sla is { } promised
        ? BugClocks.Of(promised, RespondedAt, Bug.Outcome(), isLaidAside: Bug.Status is BugStatus.Deferred or BugStatus.Invalid)
        : null;
}
