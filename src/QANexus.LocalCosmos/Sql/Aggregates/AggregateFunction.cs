using System.Collections.Frozen;

namespace QANexus.LocalCosmos.Sql.Aggregates;

/// <summary>The aggregate functions. <paramref name="PlanName"/> is what a query plan calls the function.</summary>
internal sealed record AggregateFunction(string PlanName, Func<Accumulator> NewAccumulator)
{
    private static readonly FrozenDictionary<string, AggregateFunction> s_all = new Dictionary<string, AggregateFunction>
    {
        ["COUNT"] = new("Count", static () => new Count()),
        ["COUNTIF"] = new("CountIf", static () => new CountIf()),
        ["SUM"] = new("Sum", static () => new Sum()),
        ["AVG"] = new("Average", static () => new Average()),
        ["MIN"] = new("Min", static () => new Extremum(-1)),
        ["MAX"] = new("Max", static () => new Extremum(1)),
        ["MAKELIST"] = new("MakeList", static () => new Collected(distinct: false)),
        ["MAKESET"] = new("MakeSet", static () => new Collected(distinct: true)),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static AggregateFunction? Find(string name) => s_all.GetValueOrDefault(name);
}
