using System.Text.Json;
using QANexus.Testing.Node;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>
/// The compiler of the query language, which comes for Node.js, reads the queries of the alerts: their deployment does not check them. Needs Node.js 20 and npm;
/// says so where there are none.
/// </summary>
public sealed class AlertQueryTests
{
    private static readonly string[] s_mistaken = ["customMetrics | summarize max(valueMaximum)", "customMetric | count"];

    /// <summary>The queries of the alerts, and the mistaken ones behind them: to start the compiler takes seconds.</summary>
    private static readonly Lazy<Task<IReadOnlyList<BoundQuery>>> s_bound = new(static async () =>
        await BindAsync([.. (await CriteriaAsync()).Select(static criterion => Name(criterion, "query")!), .. s_mistaken]));

    [SkippableFact]
    public async Task Every_query_of_an_alert_is_one_and_answers_with_what_the_alert_asks_for()
    {
        var criteria = await CriteriaAsync();
        var bound = await s_bound.Value;

        Assert.NotEmpty(criteria);
        Assert.All(criteria.Zip(bound), static alert =>
        {
            var (criterion, query) = alert;
            Assert.Empty(query.Errors);
            Assert.Contains(
                query.Columns, column => column == $"{Name(criterion, "metricMeasureColumn")}: real" || column == $"{Name(criterion, "metricMeasureColumn")}: long");
            Assert.All(
                criterion.GetProperty("dimensions").EnumerateArray(), dimension => Assert.Contains($"{Name(dimension, "name")}: string", query.Columns));
        });
    }

    [SkippableFact]
    public async Task A_query_that_asks_for_what_there_is_not_is_told()
    {
        var mistaken = (await s_bound.Value).TakeLast(s_mistaken.Length).ToList();

        Assert.Contains("valueMaximum", Assert.Single(mistaken[0].Errors), StringComparison.Ordinal);
        Assert.Contains("customMetric", Assert.Single(mistaken[1].Errors), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> CriteriaAsync() =>
    [
        .. (await PredictedDeployment.PlainAsync()).Of("Microsoft.Insights/scheduledQueryRules")
            .Select(static rule => rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0]),
    ];

    private static string? Name(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static async Task<IReadOnlyList<BoundQuery>> BindAsync(IReadOnlyList<string> queries)
    {
        var node = new NodeProgram(Path.Combine(AppContext.BaseDirectory, "Infrastructure", "Queries"));
        var installation = await node.InstallAsync();
        Skip.If(installation is null, "There is no 'npm' on the PATH.");
        Assert.True(installation.Value.Succeeded, installation.Value.Output);
        var answer = await node.RunAsync(JsonSerializer.Serialize(queries), "bind.cjs");
        Skip.If(answer is null, "There is no 'node' on the PATH.");
        Assert.True(answer.Value.Succeeded, answer.Value.Output);
        return JsonSerializer.Deserialize<IReadOnlyList<BoundQuery>>(answer.Value.Output, JsonSerializerOptions.Web)!;
    }

    private sealed record BoundQuery(IReadOnlyList<string> Errors, IReadOnlyList<string> Columns);
}
