using System.Collections.Frozen;

namespace QANexus.Domain.Rules;

/// <summary>The rules that a request breaks whatever the aggregate is like: the request is at fault, not the moment.</summary>
public static class InputRules
{
    private static readonly FrozenSet<string> Rules = new[]
    {
        "requirement.title.required", "requirement.content.required", "requirement.criteria.invalid", "requirement.reason.required",
        "rqs.score.range", "rqs.clarity.range", "rqs.completeness.range", "rqs.testability.range", "rqs.consistency.range",
        "sprint.name.required", "sprint.dates.invalid", "sprint.capacity.not_integer", "sprint.capacity.min", "sprint.capacity.max", "sprint.reason.required",
        "sprint.item.title.required", "sprint.item.points.negative", "sprint.item.id.required", "sprint.item.rqs.range",
        "release.version.format", "release.environment.required", "release.reason.required",
        "rcs.qualityTesting.range", "rcs.bugs.range", "rcs.requirementsPlanning.range", "rcs.securityOps.range",
        "bug.title.required", "bug.description.required", "bug.reason.required",
        "testrun.count.invalid", "testrun.reason.required",
        "testrun.result.case.required", "testrun.result.duration.range", "testrun.result.attempts.range",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> All => Rules.Items;

    /// <summary>Whether <paramref name="rule"/> is one.</summary>
    public static bool Contains(string rule) => Rules.Contains(rule);
}
