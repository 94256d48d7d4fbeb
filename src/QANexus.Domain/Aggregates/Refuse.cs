using QANexus.Domain.Rules;
using QANexus.Domain.Transitions;
using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Aggregates;

/// <summary>The ways in which an aggregate says no.</summary>
internal static class Refuse
{
    public static Decision Because(RuleViolation violation) => Decision.Violates(violation.Rule, violation.Message);

    /// <summary>The refusal of a step that the table does not have; nothing where it has it.</summary>
    public static Decision? Step<TStatus>(TransitionTable<TStatus> table, TStatus from, TStatus to, string rule)
        where TStatus : struct, Enum
    {
        if (table.Allows(from, to))
        {
            return null;
        }

        var allowed = table.AllowedFrom(from);
        return Decision.Forbids(rule, allowed.Count == 0
            ? $"{Word.Of(from)} is final."
            : $"{Word.Of(from)} does not become {Word.Of(to)}; allowed: {string.Join(", ", allowed.Select(Word.Of))}.");
    }

    public static Decision Exists(string what) => Decision.Forbids($"{what}.exists", $"The {what} exists already.");
}
