namespace QANexus.EventStore.Upcasting;

/// <summary>One line of a dry run while it is counted.</summary>
internal sealed class UpcastCheckTally(EventTypeVersion stored)
{
    private readonly Dictionary<UpcastOutcome, long> counts = [];
    private readonly List<UpcastCheckExample> examples = [];

    public void Add(UpcastOutcome outcome, UpcastCheckExample example)
    {
        counts[outcome] = Count(outcome) + 1;
        if (outcome is not UpcastOutcome.Unchanged && Count(outcome) <= UpcastCheck.MaxExamples)
        {
            examples.Add(example);
        }
    }

    public UpcastCheckLine ToLine() => new(
        stored, Count(UpcastOutcome.Unchanged), Count(UpcastOutcome.Changed), Count(UpcastOutcome.Dropped), Count(UpcastOutcome.Failed),
        [.. examples.OrderBy(static example => example.Outcome)]);

    private long Count(UpcastOutcome outcome) => counts.GetValueOrDefault(outcome);
}
