using System.Text.Json;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Execution;
using QANexus.LocalCosmos.Sql.Planning;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql;

/// <summary>Tells a client how to run a query over several partitions.</summary>
internal static class QueryPlanner
{
    /// <summary>Writes the <c>queryInfo</c> object of a query plan.</summary>
    /// <exception cref="SqlException">The query is wrong, or cannot be run over several partitions.</exception>
    public static void Plan(SqlQuery query, JsonElement? parameters, Utf8JsonWriter json)
    {
        var plan = Build(query.Syntax, parameters);
        json.WriteStartObject();
        json.WriteString("distinctType", plan.Distinct.ToString());
        WriteNumber(json, "top", plan.Top);
        WriteNumber(json, "offset", plan.Offset);
        WriteNumber(json, "limit", plan.Limit);
        WriteStrings(json, "orderBy", plan.OrderBy.Select(static item => item.IsDescending ? "Descending" : "Ascending"));
        WriteStrings(json, "orderByExpressions", plan.OrderBy.Select(static item => Printer.Print(item.Expression)));
        WriteStrings(json, "groupByExpressions", plan.GroupBy.Select(Printer.Print));
        WriteStrings(json, "groupByAliases", plan.GroupAliases.Select(static alias => alias.Alias));
        WriteStrings(json, "aggregates", plan.Aggregate is null ? [] : [plan.Aggregate]);
        json.WriteStartObject("groupByAliasToAggregateType");
        foreach (var (alias, aggregate) in plan.GroupAliases)
            json.WriteString(alias, aggregate ?? "");
        json.WriteEndObject();
        json.WriteString("rewrittenQuery", plan.Rewritten is null ? "" : Printer.Print(plan.Rewritten));
        json.WriteBoolean("hasSelectValue", plan.HasSelectValue);
        json.WriteBoolean("hasNonStreamingOrderBy", false);
        if (plan.DistinctCountAlias is not null)
        {
            json.WriteStartObject("dCountInfo");
            json.WriteString("dCountAlias", plan.DistinctCountAlias);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static QueryPlan Build(SelectQuery query, JsonElement? parameters)
    {
        var binder = new Binder(Parameters.Parse(parameters), TimeProvider.System);
        // What does not compile has no plan.
        binder.BindSelect(query, static _ => true);
        return new PlanBuilder(query, RowLimits.Of(query, binder)).Build();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
