using CsCheck;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql.Syntax;

/// <summary>No text does more harm than to be refused.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("{\"a\":", "1", "}")]
    [InlineData("NOT ", "true", "")]
    [InlineData("- ", "1", "")]
    [InlineData("ABS(", "1", ")")]
    [InlineData("(SELECT VALUE ", "1", ")")]
    [InlineData("1 ? 1 : ", "1", "")]
    [InlineData("1 ?? ", "1", "")]
    [InlineData("1 + ", "1", "")]
    [InlineData("1 * (1 + ", "1", ")")]
    [InlineData("", "c", ".a")]
    [InlineData("", "c", "[0]")]
    [InlineData("ARRAY(SELECT VALUE t FROM (SELECT VALUE ", "1", ") AS t)")]
    public void Nesting_has_a_limit(string open, string inner, string close)
    {
        string text = string.Concat(Enumerable.Repeat(open, 5000)) + inner + string.Concat(Enumerable.Repeat(close, 5000));
        var refusal = Assert.Throws<SqlException>(() => SqlQuery.Parse($"SELECT VALUE {text} FROM c"));
        Assert.Contains("nests too deeply", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_inside_chains_count_together()
    {
        string chain = "1" + string.Concat(Enumerable.Repeat(" + 1", 100));
        string text = chain;
        for (int i = 0; i < 20; i++)
            text = $"({text}){chain[1..]}";
        Assert.Throws<SqlException>(() => SqlQuery.Parse($"SELECT VALUE {text}"));
    }

    [Fact]
    public void Two_thousand_conditions_are_run_and_more_are_refused()
    {
        string Chain(int count) => string.Join(" OR ", Enumerable.Range(0, count + 1).Select(static i => $"(c.id = '{i}' AND c.t = 1)"));
        var source = new ArraySource("""{"id":"1999","t":1}""", """{"id":"5000","t":1}""");
        Assert.Equal(1, source.Page($"SELECT * FROM c WHERE {Chain(1999)} ORDER BY c.id").Count);
        Assert.Equal(2000, source.Scans[0].Ids!.Count);
        Assert.Contains("logical", Assert.Throws<SqlException>(() => SqlQuery.Parse($"SELECT * FROM c WHERE {Chain(2001)}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_has_at_most_so_many_characters()
    {
        string text = "SELECT VALUE 1" + new string(' ', 262_144);
        Assert.Contains("262144", Assert.Throws<SqlException>(() => SqlQuery.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_pieces_of_queries_are_run_or_refused()
    {
        var pieces = Gen.OneOf(
            Gen.OneOf(
                "SELECT", "VALUE", "*", "FROM", "c", "JOIN", "IN", "WHERE", "ORDER BY", "GROUP BY", "c.a", "1", "'x'", "(", ")", ",", "=", "AND", "NOT",
                "COUNT(1)", "TOP", "OFFSET", "LIMIT", "DISTINCT", "@p", "[", "]", "{", "}", "?", ":", "EXISTS", "ARRAY", "AS", "BETWEEN", "LIKE", "??"),
            Gen.String[0, 3]);
        pieces.Array[0, 14].Select(static parts => "SELECT " + string.Join(' ', parts)).Sample(
            static text =>
            {
                try
                {
                    new ArraySource("""{"a":1}""", """{"a":[{}]}""").Page(text);
                }
                catch (SqlException)
                {
                    // Refused.
                }
            },
            iter: 5000);
    }
}
