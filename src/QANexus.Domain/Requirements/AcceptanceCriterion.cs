using System.Collections.Immutable;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Requirements;

/// <summary>One thing that must hold for a requirement to be done.</summary>
/// <param name="Id">Its name within the requirement.</param>
/// <param name="Text">What must hold.</param>
public sealed record AcceptanceCriterion(string Id, string Text)
{
    /// <summary>Criteria that come as plain texts get numbers: <c>ac-1</c>, <c>ac-2</c>.</summary>
    public static ImmutableArray<AcceptanceCriterion> OfTexts(IEnumerable<string> texts) =>
        [.. texts.Select(static (text, index) => new AcceptanceCriterion(FormattableString.Invariant($"ac-{index + 1}"), text))];

    internal static RuleViolation? FindViolation(ImmutableArray<AcceptanceCriterion> criteria) =>
        criteria.Any(static criterion => string.IsNullOrWhiteSpace(criterion.Id) || string.IsNullOrWhiteSpace(criterion.Text))
        || criteria.DistinctBy(static criterion => criterion.Id).Count() != criteria.Length
            ? new RuleViolation("requirement.criteria.invalid", "Every acceptance criterion needs an id of its own and a text.")
            : null;
}
