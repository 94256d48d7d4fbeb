using System.Text;
using System.Text.Json;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql;

/// <summary>Runs queries over an <see cref="ArraySource"/> and shows their result as JSON text without blanks.</summary>
internal static class Querying
{
    public static QueryPage Page(
        this ArraySource source, string query, object? parameters = null, int maxItems = 1000, string? continuation = null, string? resume = null,
        Func<string, bool>? isIndexed = null)
    {
        JsonElement? given = parameters is null
            ? null
            : JsonSerializer.SerializeToElement(parameters.GetType().GetProperties().Select(p => new { name = "@" + p.Name, value = p.GetValue(parameters) }));
        JsonElement? filter = resume is null ? null : JsonElement.Parse(resume);
        return QueryExecution.Execute(
            new QueryRequest(SqlQuery.Parse(query), given, maxItems, continuation, filter), source, isIndexed ?? (static _ => true));
    }

    public static string Run(this ArraySource source, string query, object? parameters = null) => Text(source.Page(query, parameters));

    /// <summary>All rows, read in pages of the given size.</summary>
    public static List<string> Pages(this ArraySource source, string query, int maxItems, object? parameters = null)
    {
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = source.Page(query, parameters, maxItems, continuation);
            rows.AddRange(Rows(page));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }

    public static List<string> Rows(QueryPage page)
    {
        using var json = JsonDocument.Parse(Text(page));
        return [.. json.RootElement.EnumerateArray().Select(static row => row.GetRawText())];
    }

    public static string Text(QueryPage page)
    {
        var text = new byte[page.Rows.ArrayBytes];
        page.Rows.WriteArray(text);
        return Encoding.UTF8.GetString(text);
    }

    public static SqlException Fails(string query) => Assert.Throws<SqlException>(() => new ArraySource("{}").Page(query));
}
