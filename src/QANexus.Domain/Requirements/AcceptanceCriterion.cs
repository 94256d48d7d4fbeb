using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Requirements;

/// <summary>One thing that must hold for a requirement to be done.</summary>
/// <param name="Id">Its name within the requirement; blank before it has one.</param>
/// <param name="Text">What must hold.</param>
[JsonConverter(typeof(AcceptanceCriterionJson))]
public sealed record AcceptanceCriterion(string Id, string Text)
{
    /// <summary>Criteria of plain texts.</summary>
    public static ImmutableArray<AcceptanceCriterion> OfTexts(IEnumerable<string> texts) =>
        Numbered([.. texts.Select(static text => new AcceptanceCriterion(string.Empty, text))]);

    /// <summary>Criteria without an id get one by their place, <c>ac-1</c>, <c>ac-2</c>, or the next that none of the others has.</summary>
    internal static ImmutableArray<AcceptanceCriterion> Numbered(ImmutableArray<AcceptanceCriterion> criteria)
    {
        var taken = criteria.Select(static criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
        return [.. criteria.Select((criterion, index) => criterion.Id.Length > 0 ? criterion : criterion with { Id = NextFree(taken, index + 1) })];
    }

    internal static RuleViolation? FindViolation(ImmutableArray<AcceptanceCriterion> criteria) =>
        criteria.Any(static criterion => string.IsNullOrWhiteSpace(criterion.Id) || string.IsNullOrWhiteSpace(criterion.Text))
        || criteria.DistinctBy(static criterion => criterion.Id).Count() != criteria.Length
            ? new RuleViolation("requirement.criteria.invalid", "Every acceptance criterion needs an id of its own and a text.")
            : null;

    private static string NextFree(HashSet<string> taken, int number)
    {
        string id;
        do
        {
            id = FormattableString.Invariant($"ac-{number++}");
        }
        while (!taken.Add(id));

        return id;
    }
}
