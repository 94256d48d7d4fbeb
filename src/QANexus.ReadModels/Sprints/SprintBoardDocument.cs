using System.Collections.Immutable;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Sprints;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Sprints;

/// <summary>A sprint as its board and its chart show it.</summary>
/// <param name="Sprint">The sprint with its items.</param>
/// <param name="Burndown">Nothing before it has begun.</param>
internal sealed record SprintBoardDocument(SprintState Sprint, SprintBurndown? Burndown)
{
    private const int Decimals = 2;

    /// <summary>The six lanes from TODO to DONE, and before them the items that went back to the backlog.</summary>
    public ImmutableArray<SprintLane> Lanes =>
    [
        .. Enum.GetValues<SprintItemStatus>().Select(status => new SprintLane(
            status, [.. Sprint.Items.Where(item => item.Status == status).Select(static item => item.Id)],
            Sprint.Items.Where(item => item.Status == status).Sum(static item => (long)item.StoryPoints))),
    ];

    /// <summary>Done of all items.</summary>
    public Ratio Done => new(Sprint.CompletedItems, Sprint.Items.Length);

    /// <summary>The same in whole percent, for display.</summary>
    public int Progress => Done.WholePercent;

    /// <summary>Items by priority.</summary>
    public ImmutableSortedDictionary<string, int> ByPriority => CountBy(static item => Word.Of(item.Priority));

    /// <summary>Items by type.</summary>
    public ImmutableSortedDictionary<string, int> ByType => CountBy(static item => Word.Of(item.Type));

    /// <summary>The mean quality of the items that came with one, 0 to 100, two decimals; nothing where none did.</summary>
    public decimal? AvgRqsScore =>
        Sprint.Items.Select(static item => item.RqsScore).OfType<decimal>().ToList() is { Count: > 0 } scores ? Rounded.HalfUp(scores.Average(), Decimals) : null;

    private ImmutableSortedDictionary<string, int> CountBy(Func<SprintItem, string> word) =>
        Sprint.Items.Aggregate(Tally.None, (tally, item) => tally.Count(word(item), 1));
}
