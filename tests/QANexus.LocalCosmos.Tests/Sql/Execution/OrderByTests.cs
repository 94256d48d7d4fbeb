using CsCheck;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql.Execution;

public sealed class OrderByTests
{
    /// <summary>Values in their order, one of each type and some neighbours; the first is no value at all.</summary>
    private static readonly string[] Ordered =
    [
        "", "null", "false", "true", "-1e300", "-2", "0", "0.5", "10", "\"\"", "\"B\"", "\"a\"", "\"ab\"", "\"é\"", "\"\uFF5A\"", "\"😀\"", "[0]", "{\"a\":0}",
    ];

    [Fact]
    public void Values_come_in_the_order_of_their_types_and_texts_in_that_of_their_bytes() => Gen.Shuffle(Ordered).Sample(static shuffled =>
    {
        var source = new ArraySource(shuffled.Select(static value => value.Length == 0 ? "{}" : $$"""{"v":{{value}}}"""));
        Assert.Equal(Ordered[1..], Querying.Rows(source.Page("SELECT VALUE c.v FROM c WHERE IS_DEFINED(c.v) ORDER BY c.v")));
        Assert.Equal(Ordered[1..].Reverse(), Querying.Rows(source.Page("SELECT VALUE c.v FROM c WHERE IS_DEFINED(c.v) ORDER BY c.v DESC")));
        var all = Querying.Rows(source.Page("SELECT c.v FROM c ORDER BY c.v"));
        Assert.Equal("{}", all[0]);
        Assert.Equal(Ordered.Length, all.Count);
    });

    [Fact]
    public void Ties_go_by_number_in_the_direction_of_the_first_column()
    {
        var source = new ArraySource("""{"id":"x","n":1}""", """{"id":"y","n":1}""", """{"id":"z","n":0}""");
        Assert.Equal("""["z","x","y"]""", source.Run("SELECT VALUE c.id FROM c ORDER BY c.n"));
        Assert.Equal("""["y","x","z"]""", source.Run("SELECT VALUE c.id FROM c ORDER BY c.n DESC"));
        Assert.Equal("""["y","x","z"]""", source.Run("SELECT VALUE c.id FROM c ORDER BY c.n DESC, c.missing ASC"));
    }

    [Fact]
    public void A_rewritten_query_returns_rows_that_the_sdk_can_merge()
    {
        var source = new ArraySource("""{"id":"x","n":1}""", """{"id":"y"}""");
        Assert.Equal(
            $$"""[{"_rid":"{{ArraySource.RidOf(20)}}","orderByItems":[{}],"payload":"y"},{"_rid":"{{ArraySource.RidOf(10)}}","orderByItems":[{"item":1}],"payload":"x"}]""",
            source.Run("SELECT c._rid, [{\"item\": c.n}] AS orderByItems, c.id AS payload\nFROM c\nWHERE (true)\nORDER BY c.n"));
    }

    [Fact]
    public void A_rewritten_query_over_items_finds_the_rid_of_their_document()
    {
        var source = new ArraySource("""{"tags":[{"x":2},{"x":1}]}""");
        string rid = ArraySource.RidOf(10);
        Assert.Equal(
            $$"""[{"_rid":"{{rid}}","payload":1},{"_rid":"{{rid}}","payload":2}]""",
            source.Run("SELECT c._rid, t.x AS payload FROM t IN c.tags WHERE (true) ORDER BY t.x"));
        Assert.Equal("SC2001", Querying.Fails("SELECT c.n FROM t IN c.tags").Code);
    }

    [Theory]
    [InlineData("""{"value":[5],"exclude":true}""", "d,e")]
    [InlineData("""{"value":[5],"exclude":false}""", "b,c,d,e")]
    [InlineData("""{"value":[5],"rid":"RID","exclude":false}""", "c,d,e")]
    [InlineData("""{"value":[[]],"exclude":true}""", "a,b,c,d,e")]
    public void A_resume_filter_takes_up_an_ascending_order(string resume, string expected)
    {
        var source = Five();
        var page = source.Page(
            "SELECT VALUE c.id FROM c ORDER BY c.n", resume: resume.Replace("RID", ArraySource.RidOf(30), StringComparison.Ordinal));
        Assert.Equal(expected.Split(',').Select(static id => $"\"{id}\""), Querying.Rows(page));
    }

    [Theory]
    [InlineData("""{"value":[5],"exclude":true}""", "a")]
    [InlineData("""{"value":[5],"exclude":false}""", "c,b,a")]
    [InlineData("""{"value":[5],"rid":"RID","exclude":false}""", "b,a")]
    public void A_resume_filter_takes_up_a_descending_order(string resume, string expected)
    {
        var source = Five();
        var page = source.Page(
            "SELECT VALUE c.id FROM c ORDER BY c.n DESC", resume: resume.Replace("RID", ArraySource.RidOf(20), StringComparison.Ordinal));
        Assert.Equal(expected.Split(',').Select(static id => $"\"{id}\""), Querying.Rows(page));
    }

    [Fact]
    public void Of_a_resume_filter_and_a_continuation_the_further_one_counts()
    {
        var source = Five();
        var first = source.Page("SELECT VALUE c.id FROM c ORDER BY c.n", maxItems: 4);
        var rest = source.Page("SELECT VALUE c.id FROM c ORDER BY c.n", continuation: first.Continuation, resume: """{"value":[5],"exclude":false}""");
        Assert.Equal("""["e"]""", Querying.Text(rest));
    }

    [Theory]
    [InlineData(true, """["d","e"]""")]
    [InlineData(false, """["c","d","e"]""")]
    public void A_resume_filter_narrows_a_scan_by_id(bool exclude, string expected)
    {
        var source = Five(single: true);
        var page = source.Page("SELECT VALUE c.id FROM c ORDER BY c.id", resume: $$"""{"value":["c"],"exclude":{{(exclude ? "true" : "false")}}}""");
        Assert.Equal(expected, Querying.Text(page));
        Assert.Equal(page.Count, source.Taken.Count);
    }

    [Theory]
    [InlineData("""{"exclude":true}""")]
    [InlineData("""{"value":[1,2]}""")]
    [InlineData("""{"value":[5],"rid":"nonsense"}""")]
    [InlineData("""{"value":[{"type":"array","low":"1","high":"2"}]}""")]
    public void A_resume_filter_that_does_not_fit_is_refused(string resume)
    {
        var refusal = Assert.Throws<SqlException>(() => Five().Page("SELECT * FROM c ORDER BY c.n", resume: resume));
        Assert.Contains("resume filter", refusal.Message, StringComparison.Ordinal);
    }

    private static ArraySource Five(bool single = false) => new(
        """{"id":"a","n":1}""", """{"id":"b","n":5}""", """{"id":"c","n":5}""", """{"id":"d","n":7}""", """{"id":"e","n":"x"}""")
    {
        IsSingleLogicalPartition = single,
    };
}
