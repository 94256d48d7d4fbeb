using Json.Schema;
using QANexus.EventStore.Json;

namespace QANexus.EventStore.Cosmos.Schemas;

/// <summary>
/// Why data does not meet a schema, out of everything that the evaluation came across: what failed in a branch that did not matter is no reason.
/// </summary>
internal static class SchemaViolations
{
    private const int MaxViolations = 100;

    /// <summary>The evaluation that <see cref="Of"/> reads.</summary>
    public static EvaluationOptions Options => new() { OutputFormat = OutputFormat.Hierarchical };

    /// <summary>At least one violation of data that is not valid.</summary>
    public static IReadOnlyList<JsonViolation> Of(EvaluationResults invalid)
    {
        var violations = new List<JsonViolation>();
        Collect(invalid, violations);
        return violations;
    }

    private static void Collect(EvaluationResults node, List<JsonViolation> violations)
    {
        var before = violations.Count;
        foreach (var (keyword, message) in node.Errors ?? [])
        {
            Add(node, Describe(keyword, message), violations);
        }

        foreach (var branch in (node.Details ?? []).GroupBy(detail => KeywordOf(node, detail), StringComparer.Ordinal).Where(Matters))
        {
            foreach (var failed in branch.Where(static detail => !detail.IsValid))
            {
                Collect(failed, violations);
            }
        }

        if (violations.Count == before)
        {
            Add(node, "does not meet the schema of its type", violations);
        }
    }

    /// <summary>One way of several is enough; what a condition finds is not a demand; and what must not hold is no reason if it does not.</summary>
    private static bool Matters(IGrouping<string, EvaluationResults> branch) => branch.Key switch
    {
        "anyOf" or "oneOf" or "contains" => branch.All(static detail => !detail.IsValid),
        "if" or "not" => false,
        _ => true,
    };

    private static string KeywordOf(EvaluationResults node, EvaluationResults detail) =>
        detail.EvaluationPath.ToString()[node.EvaluationPath.ToString().Length..].Split('/', 3)[1];

    private static void Add(EvaluationResults node, string message, List<JsonViolation> violations)
    {
        if (violations.Count < MaxViolations)
        {
            violations.Add(new JsonViolation(Shortened(node.InstanceLocation.ToString()), message));
        }
    }

    /// <summary>The library puts the names of members into a pointer however long they are.</summary>
    private static string Shortened(string pointer) => string.Join('/', pointer.Split('/').Select(static part =>
        InternetJson.PointerPart(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))));

    /// <summary>The library's sentences begin with a capital and a schema of <c>false</c> has no keyword.</summary>
    private static string Describe(string keyword, string message) =>
        keyword.Length == 0 ? "is not allowed" : char.ToLowerInvariant(message[0]) + message[1..];
}
