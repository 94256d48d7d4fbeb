using System.Collections.Frozen;

namespace QANexus.Domain.Bugs;

/// <summary>What follows from a priority.</summary>
/// <param name="Weight">In the impact, 0-100.</param>
/// <param name="Resolution">Within what time it is to be resolved.</param>
/// <param name="BlocksRelease">Whether one of them alone stops a release.</param>
/// <param name="IsUrgent">Whether it comes before everything planned.</param>
public sealed record PriorityFacts(int Weight, TimeSpan Resolution, bool BlocksRelease, bool IsUrgent)
{
    private static readonly FrozenDictionary<BugPriority, PriorityFacts> Table = new Dictionary<BugPriority, PriorityFacts>
    {
        [BugPriority.P0] = new(100, TimeSpan.FromDays(1), BlocksRelease: true, IsUrgent: true),
        [BugPriority.P1] = new(75, TimeSpan.FromDays(3), BlocksRelease: false, IsUrgent: true),
        [BugPriority.P2] = new(40, TimeSpan.FromDays(7), BlocksRelease: false, IsUrgent: false),
        [BugPriority.P3] = new(10, TimeSpan.FromDays(30), BlocksRelease: false, IsUrgent: false),
    }.ToFrozenDictionary();

    private static readonly PriorityFacts Untriaged = new(0, TimeSpan.FromDays(30), BlocksRelease: false, IsUrgent: false);

    public static PriorityFacts Of(BugPriority? priority) => priority is { } known ? Table[known] : Untriaged;

    /// <summary>The priority that a severity suggests; a main flow that is affected is always P0.</summary>
    public static BugPriority Suggest(BugSeverity severity, bool affectsMainFlow) => severity switch
    {
        _ when affectsMainFlow => BugPriority.P0,
        BugSeverity.Critical => BugPriority.P0,
        BugSeverity.High => BugPriority.P1,
        BugSeverity.Medium => BugPriority.P2,
        _ => BugPriority.P3,
    };
}
