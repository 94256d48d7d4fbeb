using CsCheck;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql.Execution;

/// <summary>A result does not depend on where its pages are cut, nor on what happens before the cut.</summary>
public sealed class PagingTests
{
    private static readonly string[] Queries =
    [
        "SELECT * FROM c",
        "SELECT c.n, t FROM c JOIN t IN c.tags",
        "SELECT VALUE t FROM t IN c.tags",
        "SELECT VALUE c.n FROM c WHERE c.n > 2",
        "SELECT DISTINCT VALUE c.n FROM c",
        "SELECT TOP 7 c.n FROM c JOIN t IN c.tags",
        "SELECT c.n FROM c OFFSET 3 LIMIT 9",
        "SELECT * FROM c ORDER BY c.n",
        "SELECT * FROM c ORDER BY c.n DESC, c.s ASC",
        "SELECT c.n, t FROM c JOIN t IN c.tags ORDER BY c.n DESC",
        "SELECT TOP 7 * FROM c ORDER BY c.s",
        "SELECT * FROM c ORDER BY c.n OFFSET 2 LIMIT 8",
        "SELECT DISTINCT VALUE c.n FROM c ORDER BY c.n DESC",
        "SELECT * FROM c ORDER BY c.id DESC",
        "SELECT * FROM c WHERE c.n < 5 ORDER BY c.id OFFSET 1 LIMIT 20",
        "SELECT c.n, COUNT(1) AS k FROM c GROUP BY c.n",
        "SELECT c.n FROM c GROUP BY c.n ORDER BY c.n DESC",
        "SELECT c.n, SUM(c.s) AS s FROM c GROUP BY c.n OFFSET 1 LIMIT 4",
    ];

    private static readonly Gen<string> Values = Gen.OneOf("1", "2", "3", "4", "5", "\"a\"", "\"ä\"", "null", "true", "[1]", "{\"z\":1}");

    private static readonly Gen<string[]> Documents = Gen.Select(Values, Values, Gen.Int[0, 3], Gen.Bool, static (n, s, tags, hasN) =>
        $$"""{{{(hasN ? $"\"n\":{n}," : "")}}"s":{{s}},"tags":[{{string.Join(',', Enumerable.Range(0, tags))}}]}""").Array[0, 30];

    [Fact]
    public void Pages_of_any_size_make_up_the_whole() => Gen.Select(Documents, Gen.Int[0, Queries.Length - 1], Gen.Int[1, 9], Gen.Bool)
        .Sample(static (documents, query, size, single) =>
        {
            var source = new ArraySource(documents) { IsSingleLogicalPartition = single };
            var whole = Querying.Rows(source.Page(Queries[query], maxItems: 1_000_000));
            Assert.Equal(whole, source.Pages(Queries[query], size));
        });

    [Fact]
    public void Documents_added_and_removed_before_the_cut_change_nothing_behind_it() => Gen.Select(Documents, Gen.Int[1, 9]).Sample(static (documents, size) =>
    {
        var source = new ArraySource(documents);
        var whole = Querying.Rows(source.Page("SELECT VALUE c.id FROM c"));
        var first = source.Page("SELECT VALUE c.id FROM c", maxItems: size);
        source.Insert(1, """{"id":"early"}""");
        source.Remove(10);
        var rest = first.Continuation is null ? [] : Querying.Rows(source.Page("SELECT VALUE c.id FROM c", continuation: first.Continuation));
        Assert.Equal(whole, [.. Querying.Rows(first), .. rest]);
    });

    [Fact]
    public void After_a_split_both_children_go_on_from_the_parents_continuation() => Gen.Select(Documents, Gen.Int[0, Queries.Length - 1], Gen.Int[1, 9])
        .Where(static sample => !Queries[sample.Item2].Contains("TOP", StringComparison.Ordinal) &&
            !Queries[sample.Item2].Contains("LIMIT", StringComparison.Ordinal) && !Queries[sample.Item2].Contains("DISTINCT", StringComparison.Ordinal) &&
            !Queries[sample.Item2].Contains("GROUP", StringComparison.Ordinal))
        .Sample(static (documents, query, size) =>
        {
            var parent = new ArraySource(documents);
            var children = new[] { new ArraySource(), new ArraySource() };
            for (int i = 0; i < documents.Length; i++)
                children[i % 2].Insert((ulong)(i + 1) * 10, documents[i]);
            var whole = Querying.Rows(parent.Page(Queries[query], maxItems: 1_000_000));
            var first = parent.Page(Queries[query], maxItems: size);
            var rows = Querying.Rows(first);
            foreach (var child in first.Continuation is null ? [] : children)
                rows.AddRange(Querying.Rows(child.Page(Queries[query], maxItems: 1_000_000, continuation: first.Continuation)));
            Assert.Equal(whole.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        });

    [Theory]
    [InlineData("SELECT c.y, COUNT(1) AS n FROM c GROUP BY 1 / c.x, c.y")]
    [InlineData("SELECT c.y, COUNT(1) AS n FROM c GROUP BY 0 / c.x, c.y")]
    public void Groups_go_on_behind_a_key_that_is_not_finite(string query)
    {
        var source = new ArraySource("""{"x":0,"y":"a"}""", """{"x":0,"y":"b"}""", """{"x":0,"y":"a"}""", """{"x":1,"y":"a"}""", """{"x":1,"y":"b"}""");
        var whole = Querying.Rows(source.Page(query));
        Assert.Equal(4, whole.Count);
        Assert.Equal(whole, source.Pages(query, maxItems: 1));
    }

    [Fact]
    public void Groups_go_on_behind_the_last_key_after_a_split()
    {
        var parent = new ArraySource(Enumerable.Range(0, 20).Select(static i => $$"""{"n":{{i % 5}}}"""));
        var child = new ArraySource(Enumerable.Range(0, 10).Select(static i => $$"""{"n":{{i % 5}}}"""));
        var first = parent.Page("SELECT c.n, COUNT(1) AS k FROM c GROUP BY c.n", maxItems: 2);
        Assert.Equal("""[{"n":0,"k":4},{"n":1,"k":4}]""", Querying.Text(first));
        var rest = child.Page("SELECT c.n, COUNT(1) AS k FROM c GROUP BY c.n", continuation: first.Continuation);
        Assert.Equal("""[{"n":2,"k":2},{"n":3,"k":2},{"n":4,"k":2}]""", Querying.Text(rest));
    }

    [Fact]
    public void A_page_holds_four_mebibytes_and_at_least_one_row()
    {
        var source = new ArraySource(Enumerable.Range(0, 6).Select(static i => $$"""{"n":{{i}},"text":"{{new string('x', 1_500_000)}}"}"""));
        foreach (string query in (string[])["SELECT * FROM c", "SELECT * FROM c ORDER BY c.n DESC"])
        {
            var first = source.Page(query);
            Assert.Equal(2, first.Count);
            Assert.Equal(2, source.Page(query, continuation: first.Continuation).Count);
            Assert.Equal(6, source.Pages(query, 1000).Count);
        }

        var huge = new ArraySource($$"""{"text":"{{new string('x', 5_000_000)}}"}""", "{}");
        Assert.Equal(1, huge.Page("SELECT * FROM c").Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("e30")]
    [InlineData("eyJuIjoxLCJyIjoiYSIsInMiOjAsImUiOjB9")]
    [InlineData("bnVsbA")]
    public void A_continuation_that_is_none_of_ours_is_refused(string token)
    {
        foreach (string query in Queries)
        {
            var refusal = Assert.Throws<SqlException>(() => new ArraySource("{}").Page(query, continuation: token));
            Assert.Contains("continuation", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_continuation_of_another_kind_of_query_is_refused()
    {
        var source = new ArraySource("{\"n\":1}", "{\"n\":2}");
        string sorted = source.Page("SELECT * FROM c ORDER BY c.n", maxItems: 1).Continuation!;
        Assert.Throws<SqlException>(() => source.Page("SELECT * FROM c", continuation: sorted));
    }

    [Fact]
    public void Random_tokens_never_do_anything_but_be_refused_or_work() => Gen.String[0, 60].Sample(static token =>
    {
        try
        {
            new ArraySource("{\"n\":1}").Page("SELECT * FROM c ORDER BY c.n", continuation: token);
        }
        catch (SqlException)
        {
            // Refused.
        }
    });
}
