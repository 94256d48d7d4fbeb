using System.Text.Json;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql;

/// <summary>What queries return, by the documented rules of the language.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void A_document_is_returned_byte_for_byte()
    {
        const string Body = """{"id":"a", "n" : 1.50e+2,"s":"\u00e9\/","o":{ "x":[ 1 ,2]},"_rid":"r"}""";
        var source = new Verbatim(Body);
        foreach (string query in (string[])["SELECT * FROM c", "SELECT VALUE c FROM c", "SELECT * FROM c ORDER BY c.n"])
            Assert.Equal($"[{Body}]", Querying.Text(QueryExecution.Execute(new QueryRequest(SqlQuery.Parse(query), null, 10, null, null), source, static _ => true)));
        Assert.Equal("""[{"n":1.50e+2,"o":{ "x":[ 1 ,2]}}]""", Querying.Text(QueryExecution.Execute(
            new QueryRequest(SqlQuery.Parse("SELECT c.n, c.o FROM c"), null, 10, null, null), source, static _ => true)));
    }

    [Theory]
    [InlineData("SELECT c.a, c.missing FROM c", """[{"a":1},{"a":"x"},{}]""")]
    [InlineData("SELECT VALUE c.a FROM c", """[1,"x"]""")]
    [InlineData("SELECT VALUE [c.a, 2] FROM c", """[[1,2],["x",2],[2]]""")]
    [InlineData("SELECT c.a AS x, 1 + 1, c FROM c WHERE c.a = 9", "[]")]
    [InlineData("SELECT c.a + 1 FROM c", """[{"$1":2},{},{}]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.a != 1", """["b"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE NOT (c.a = 1)", """["b"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.a < 5 OR c.a >= 5", """["a"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE NOT IS_DEFINED(c.a)", """["c"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.a", "[]")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.a ?? 0 = 0", """["c"]""")]
    [InlineData("SELECT VALUE c.a ?? 'none' FROM c", """[1,"x","none"]""")]
    [InlineData("SELECT VALUE 1", "[1]")]
    [InlineData("SELECT 1 AS one", """[{"one":1}]""")]
    [InlineData("SELECT VALUE t FROM t IN c.tags", """["p","q"]""")]
    [InlineData("SELECT VALUE t.x FROM c.o AS t", "[7]")]
    [InlineData("SELECT c.id, t FROM c JOIN t IN c.tags WHERE t != 'p'", """[{"id":"a","t":"q"}]""")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE UPPER(t) FROM t IN c.tags) FROM c", """[["P","Q"],[],[]]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t = 'q')", """["a"]""")]
    [InlineData("SELECT VALUE (SELECT VALUE COUNT(1) FROM t IN c.tags) FROM c", "[2,0,0]")]
    [InlineData("SELECT VALUE c.id FROM c JOIN (SELECT VALUE EXISTS(SELECT VALUE i FROM c JOIN i IN c.tags WHERE i = 'p')) AS v WHERE v", """["a"]""")]
    [InlineData("SELECT s FROM c JOIN (SELECT VALUE {\"k\": t} FROM t IN c.tags) AS s", """[{"s":{"k":"p"}},{"s":{"k":"q"}}]""")]
    [InlineData("SELECT * FROM (SELECT c.id, c.a FROM c WHERE IS_NUMBER(c.a)) AS d", """[{"id":"a","a":1}]""")]
    [InlineData("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT VALUE IS_DEFINED(c.a) FROM c)", "[2]")]
    [InlineData("SELECT VALUE {\"a\": c.a, \"n\": null}.n FROM c WHERE c.id = 'a'", "[null]")]
    [InlineData("SELECT VALUE c.tags[1] FROM c", """["q"]""")]
    [InlineData("SELECT VALUE c[\"tags\"][@i] FROM c", """["p"]""")]
    [InlineData("SELECT VALUE c[@name] FROM c", """[1,"x"]""")]
    [InlineData("SELECT TOP @one VALUE c.id FROM c", """["a"]""")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET @one LIMIT @one", """["b"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.a IN (@one, 'x')", """["a","b"]""")]
    [InlineData("SELECT DISTINCT VALUE IS_DEFINED(c.a) FROM c", "[true,false]")]
    [InlineData("SELECT VALUE 'a\\u0001\\n\"\\\\' FROM c WHERE c.id = 'a'", """["a\u0001\n\"\\"]""")]
    public void Queries_return_what_the_language_says(string query, string expected)
    {
        var source = new ArraySource("""{"id":"a","a":1,"tags":["p","q"],"o":{"x":7}}""", """{"id":"b","a":"x"}""", """{"id":"c","tags":7}""");
        Assert.Equal(expected, source.Run(query, new { one = 1, i = 0, name = "a" }));
    }

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "[5]")]
    [InlineData("SELECT VALUE COUNT(c.n) FROM c", "[4]")]
    [InlineData("SELECT VALUE SUM(c.n) FROM c WHERE IS_NUMBER(c.n)", "[6]")]
    [InlineData("SELECT VALUE SUM(c.n) FROM c", "[]")]
    [InlineData("SELECT VALUE SUM(c.missing) FROM c", "[0]")]
    [InlineData("SELECT VALUE AVG(c.n) FROM c WHERE IS_NUMBER(c.n)", "[2]")]
    [InlineData("SELECT VALUE AVG(c.missing) FROM c", "[]")]
    [InlineData("SELECT VALUE MIN(c.n) FROM c", "[1]")]
    [InlineData("SELECT VALUE MAX(c.n) FROM c", """["x"]""")]
    [InlineData("SELECT VALUE MAX(c.l) FROM c", "[]")]
    [InlineData("SELECT VALUE COUNTIF(c.n > 1) FROM c", "[2]")]
    [InlineData("SELECT VALUE MAKESET(c.g) FROM c", """[["p","q"]]""")]
    [InlineData("SELECT COUNT(1), MAX(c.n) AS m FROM c WHERE false", """[{"$1":0}]""")]
    [InlineData("SELECT SUM(c.n) / COUNT(1) AS mean FROM c WHERE IS_NUMBER(c.n)", """[{"mean":2}]""")]
    [InlineData("SELECT VALUE [{\"item\": MIN(c.n), \"item2\": {\"min\": MIN(c.n), \"count\": COUNT(c.n)}}] FROM c WHERE false", """[[{"item2":{"count":0}}]]""")]
    [InlineData("SELECT c.g, COUNT(1) AS k FROM c GROUP BY c.g", """[{"k":1},{"g":"p","k":3},{"g":"q","k":1}]""")]
    [InlineData("SELECT UPPER(c.g) AS g, SUM(c.n) AS s FROM c WHERE IS_NUMBER(c.n) GROUP BY upper(c[\"g\"])", """[{"g":"P","s":6}]""")]
    [InlineData("SELECT [{\"item\": c.g}] AS groupByItems, {\"k\": {\"item\": COUNT(1)}} AS payload FROM c GROUP BY c.g", """[{"groupByItems":[{}],"payload":{"k":{"item":1}}},{"groupByItems":[{"item":"p"}],"payload":{"k":{"item":3}}},{"groupByItems":[{"item":"q"}],"payload":{"k":{"item":1}}}]""")]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE false GROUP BY c.g", "[]")]
    [InlineData("SELECT VALUE c.g FROM c GROUP BY c.g ORDER BY c.g DESC", """["q","p"]""")]
    public void Aggregates_leave_out_what_is_undefined_and_fail_on_what_does_not_add_up(string query, string expected)
    {
        var source = new ArraySource(
            """{"g":"p","n":1}""", """{"g":"p","n":2}""", """{"g":"p","n":3}""", """{"g":"q","n":"x","l":[1]}""", """{"l":2}""");
        Assert.Equal(expected, source.Run(query));
    }

    [Fact]
    public void A_scalar_subquery_with_several_rows_is_refused()
    {
        var source = new ArraySource("""{"t":[1,2]}""");
        var refusal = Assert.Throws<SqlException>(() => source.Run("SELECT VALUE (SELECT VALUE t FROM t IN c.t) FROM c"));
        Assert.Contains("cardinality", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT FOO(c.a) FROM c", "FOO")]
    [InlineData("SELECT udf.tax(c.a) FROM c", "user defined function tax")]
    [InlineData("SELECT ST_DISTANCE(c.a, c.b) FROM c", "ST_DISTANCE")]
    [InlineData("SELECT VALUE VectorDistance(c.a, [1, 2]) FROM c", "VectorDistance")]
    [InlineData("SELECT * FROM c WHERE FullTextContains(c.a, 'x')", "FullTextContains")]
    [InlineData("SELECT * FROM c ORDER BY RANK FullTextScore(c.a, 'x')", "ORDER BY RANK")]
    [InlineData("SELECT c[c.a] FROM c", "member indexer")]
    [InlineData("SELECT COUNT(1) AS n, EXISTS(SELECT VALUE 1) AS e FROM c", "subquery over groups")]
    public void What_is_not_supported_is_named(string query, string name) =>
        Assert.Contains(name, Querying.Fails(query).Message, StringComparison.Ordinal);

    [Fact]
    public void Dates_come_from_the_clock_that_the_request_brings()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 5, 6, 7, 8, 9, 123, TimeSpan.Zero));
        var query = SqlQuery.Parse("SELECT VALUE [GetCurrentDateTime(), GetCurrentTimestamp(), GetCurrentTicks()]");
        var page = QueryExecution.Execute(new QueryRequest(query, null, 1, null, null) { Clock = clock }, new ArraySource(), static _ => true);
        Assert.Equal("""[["2026-05-06T07:08:09.1230000Z",1778051289123,17780512891230000]]""", Querying.Text(page));
    }

    [Fact]
    public void A_regular_expression_cannot_run_away()
    {
        var source = new ArraySource($$"""{"s":"{{new string('a', 50_000)}}"}""");
        Assert.Equal("[false]", source.Run("SELECT VALUE RegexMatch(c.s, '(a+)+$b') FROM c"));
        var refusal = Assert.Throws<SqlException>(() => source.Run("SELECT VALUE RegexMatch(c.s, '(') FROM c"));
        Assert.Contains("regex", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_are_no_parameters_are_refused()
    {
        foreach (string json in (string[])["1", "[1]", """[{"value":1}]""", """[{"name":"@a","value":1},{"name":"@a","value":2}]"""])
        {
            var request = new QueryRequest(SqlQuery.Parse("SELECT VALUE 1"), JsonElement.Parse(json), 1, null, null);
            Assert.Throws<SqlException>(() => QueryExecution.Execute(request, new ArraySource(), static _ => true));
        }
    }

    [Theory]
    [InlineData("FROM c WHERE c.n = 11", true)]
    [InlineData("from c where c.n > 11", false)]
    [InlineData("FROM c WHERE c.missing = 1", false)]
    [InlineData("FROM c JOIN t IN c.tags WHERE t = 2", true)]
    [InlineData("FROM c", true)]
    public void A_predicate_tells_whether_it_is_true_of_a_document(string condition, bool matches) =>
        Assert.Equal(matches, SqlPredicate.Parse(condition).Matches("""{"n":11,"tags":[1,2]}"""u8.ToArray()));

    private sealed class Verbatim(string body) : IDocumentSource
    {
        public bool IsSingleLogicalPartition => true;

        public IEnumerable<SourceDocument> Scan(ScanRequest request) => [new(1, "a", "r", System.Text.Encoding.UTF8.GetBytes(body))];
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
