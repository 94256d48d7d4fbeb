using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Sprints;

/// <summary>What should come into a sprint, by a score that people can follow.</summary>
public static class SprintPlan
{
    private const decimal HighRqs = 70;

    /// <summary>Something that could be planned.</summary>
    public sealed record Candidate(string Id, SprintItemPriority Priority, SprintItemType Type, int StoryPoints, decimal? Rqs);

    /// <summary>Why it comes so early.</summary>
    public sealed record Choice(Candidate Candidate, int Score, IReadOnlyList<string> Reasons);

    /// <summary>Priority 10-40, quality 0-40, type 10-20: 0 to 100.</summary>
    public static int Score(Candidate candidate) => (int)Rounded.HalfUp(
        OfPriority(candidate.Priority) + ((candidate.Rqs ?? 0) * 40 / 100) + OfType(candidate.Type));

    /// <summary>The highest first, as many as the capacity in story points takes: one that is too large leaves its room to the next.</summary>
    public static IReadOnlyList<Choice> Fill(IEnumerable<Candidate> candidates, int capacity)
    {
        var choices = new List<Choice>();
        long points = 0;
        foreach (var candidate in candidates.OrderByDescending(Score).ThenBy(static candidate => candidate.Id, StringComparer.Ordinal))
        {
            if (new SprintLoad(points, capacity).CanAdd(candidate.StoryPoints))
            {
                points += candidate.StoryPoints;
                choices.Add(new Choice(candidate, Score(candidate), Reasons(candidate)));
            }
        }

        return choices;
    }

    private static int OfPriority(SprintItemPriority priority) => priority switch
    {
        SprintItemPriority.Critical => 40,
        SprintItemPriority.High => 30,
        SprintItemPriority.Medium => 20,
        _ => 10,
    };

    private static int OfType(SprintItemType type) => type switch
    {
        SprintItemType.Feature => 20,
        SprintItemType.Task => 15,
        _ => 10,
    };

    private static List<string> Reasons(Candidate candidate)
    {
        var reasons = new List<string>();
        if (candidate.Priority >= SprintItemPriority.High)
        {
            reasons.Add("HIGH_PRIORITY");
        }

        if (candidate.Rqs >= HighRqs)
        {
            reasons.Add("HIGH_QUALITY");
        }

        if (candidate.Type == SprintItemType.Feature)
        {
            reasons.Add("FEATURE");
        }

        if (candidate.Priority == SprintItemPriority.Critical)
        {
            reasons.Add("BLOCKS_RELEASE");
        }

        return reasons;
    }
}
