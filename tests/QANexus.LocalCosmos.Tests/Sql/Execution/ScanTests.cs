using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql.Execution;

/// <summary>What a query asks of the storage, and what it counts as loaded.</summary>
public sealed class ScanTests
{
    [Theory]
    [InlineData("c.id = 'b'", "b")]
    [InlineData("'b' = c.id AND c.n > 0", "b")]
    [InlineData("c.id = @b", "b")]
    [InlineData("c[\"id\"] IN ('a', @b, 'z')", "a,b,z")]
    [InlineData("c.id IN ('a', 'b') AND c.id IN ('b', 'c')", "b")]
    [InlineData("( ( c.id = 'a' AND c[\"t\"] = 1 ) OR ( c.id = @b AND c[\"t\"] = 2 ) )", "a,b")]
    [InlineData("c.id = 'a' OR c.id IN ('b', 'c')", "a,b,c")]
    public void Ids_that_a_condition_fixes_are_all_that_is_read(string condition, string expected) =>
        Assert.Equal(expected.Split(','), ScanOf(condition).Ids!.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("c.id = 'a' OR c.n = 1")]
    [InlineData("NOT (c.id = 'a')")]
    [InlineData("c.id != 'a'")]
    [InlineData("c.id NOT IN ('a')")]
    [InlineData("c.id = c.other")]
    [InlineData("c.id = 1")]
    [InlineData("c.sub.id = 'a'")]
    [InlineData("LOWER(c.id) = 'a'")]
    public void Any_other_condition_bounds_no_ids(string condition)
    {
        var scan = ScanOf(condition);
        Assert.Equal(new ScanRequest { AfterNumber = scan.AfterNumber }, scan with { Named = null });
    }

    [Theory]
    [InlineData("(c.id = 'a' AND c[\"t\"] = @b) OR ('c' = c.id AND c.s.u = 'd' AND c.n > 0)", "/id=a,/t=b | /id=c,/s/u=d")]
    [InlineData("c.t = 'x' AND c.id = @b", "/id=b,/t=x")]
    [InlineData("c.t = 'x' AND c.t = 'y'", "/t=x")]
    public void Documents_that_a_condition_names_are_all_that_is_read(string condition, string expected) =>
        Assert.Equal(expected, string.Join(" | ", ScanOf(condition).Named!.Select(
            static texts => string.Join(',', texts.OrderBy(static text => text.Key.ToString(), StringComparer.Ordinal).Select(static text => $"{text.Key}={text.Value}")))));

    [Theory]
    [InlineData("(c.id = 'a' AND c.t = 'b') OR c.n = 1")]
    [InlineData("c.t != 'a'")]
    [InlineData("c.t = 1")]
    [InlineData("c.t = c.id")]
    [InlineData("c.t[0] = 'a'")]
    [InlineData("NOT (c.t = 'a')")]
    public void Any_other_condition_names_no_documents(string condition) => Assert.Null(ScanOf(condition).Named);

    [Theory]
    [InlineData("c.id > 'a'", "(a", null)]
    [InlineData("c.id >= 'a' AND c.id < 'c'", "[a", "c)")]
    [InlineData("'a' < c.id AND 'c' >= c.id", "(a", "c]")]
    [InlineData("(c.id BETWEEN 'a' AND 'c')", "[a", "c]")]
    [InlineData("c.id > 'a' AND c.id >= 'b' AND c.id > 'b'", "(b", null)]
    [InlineData("c.id <= 'c' AND c.id < 'c' AND c.id < 'd'", null, "c)")]
    [InlineData("STARTSWITH(c.id, 'ab')", "[ab", "ac)")]
    [InlineData("STARTSWITH(c.id, 'a\uD7FF')", "[a\uD7FF", "a\uE000)")]
    [InlineData("c.id > '\uFF5A' AND c.id > '\uD83D\uDE00'", "(\uD83D\uDE00", null)]
    public void A_range_of_ids_is_all_that_is_read(string condition, string? from, string? to)
    {
        var scan = ScanOf(condition);
        Assert.Equal(from, scan.FromId is null ? null : (scan.FromInclusive ? "[" : "(") + scan.FromId);
        Assert.Equal(to, scan.ToId is null ? null : scan.ToId + (scan.ToInclusive ? "]" : ")"));
    }

    [Fact]
    public void A_prefix_of_the_greatest_character_has_no_upper_bound() =>
        Assert.Null(ScanOf("STARTSWITH(c.id, '\uDBFF\uDFFF')").ToId);

    [Fact]
    public void Bounds_are_hints_and_the_condition_is_evaluated_all_the_same()
    {
        var source = new ArraySource("""{"id":"a","n":1}""", """{"id":"b","n":2}""");
        Assert.Equal("[]", source.Run("SELECT * FROM c WHERE c.id = 'a' AND c.n = 2"));
        Assert.Equal("""["a","b"]""", source.Run("SELECT VALUE c.id FROM c WHERE c.id = 'a' OR (c.id = 'b' AND c.n = 2)"));
    }

    [Fact]
    public void Only_a_single_logical_partition_is_read_in_the_order_of_ids()
    {
        string[] documents = ["""{"id":"b"}""", """{"id":"a"}"""];
        foreach (bool single in (bool[])[true, false])
        {
            var source = new ArraySource(documents) { IsSingleLogicalPartition = single };
            Assert.Equal("""["b","a"]""", source.Run("SELECT VALUE c.id FROM c ORDER BY c.id DESC"));
            Assert.Equal(single ? ScanOrder.IdDescending : ScanOrder.Number, source.Scans[0].Order);
        }
    }

    [Fact]
    public void A_stream_stops_reading_when_its_page_is_full()
    {
        var source = new ArraySource(Enumerable.Range(0, 50).Select(static i => $$"""{"n":{{i}}}"""));
        var page = source.Page("SELECT * FROM c WHERE c.n > 4", maxItems: 3);
        Assert.Equal(8, source.Taken.Count);
        source.Page("SELECT * FROM c WHERE c.n > 4", maxItems: 3, continuation: page.Continuation);
        Assert.Equal(11, source.Taken.Count);
        source.Taken.Clear();
        Assert.Equal(2, source.Page("SELECT TOP 2 * FROM c").Count);
        Assert.Equal(2, source.Taken.Count);
    }

    [Theory]
    [InlineData("c.a = 1", 2)]
    [InlineData("c.b = 1", 4)]
    [InlineData("c.a = 1 AND c.b = 1", 2)]
    [InlineData("c.a = 1 OR c.b = 1", 4)]
    [InlineData("ARRAY_CONTAINS(c.tags, 'x')", 1)]
    [InlineData("ARRAY_CONTAINS(c.other, 'x')", 4)]
    [InlineData("EXISTS(SELECT VALUE t FROM t IN c.items WHERE t.id = 1)", 1)]
    [InlineData("EXISTS(SELECT VALUE t FROM t IN c.items WHERE t.b = 1)", 4)]
    [InlineData("c.id = 'd1'", 1)]
    [InlineData("c[\"o d\"] = 1", 4)]
    [InlineData("true", 4)]
    [InlineData("@a = 1", 4)]
    public void What_no_index_could_spare_counts_as_loaded(string condition, int loaded)
    {
        var source = new ArraySource(
            """{"id":"d1","a":1,"b":1,"tags":["x"]}""",
            """{"id":"d2","a":1,"b":2,"items":[{"id":1,"b":1}]}""",
            """{"id":"d3","a":2,"b":1,"tags":[]}""",
            """{"id":"d4","b":2,"other":["x"]}""");
        string[] indexed = ["/a", "/tags/[]", "/items/[]/id"];
        Assert.Equal(loaded, source.Page($"SELECT * FROM c WHERE {condition}", new { a = 1 }, isIndexed: indexed.Contains).LoadedDocuments);
    }

    [Fact]
    public void A_sort_that_an_index_serves_loads_only_the_page()
    {
        var source = new ArraySource(Enumerable.Range(0, 50).Select(static i => $$"""{"n":{{50 - i}}}"""));
        Assert.Equal(5, source.Page("SELECT * FROM c WHERE c.n > 1 ORDER BY c.n", maxItems: 5, isIndexed: static path => path == "/n").LoadedDocuments);
        Assert.Equal(50, source.Page("SELECT * FROM c WHERE c.n > 1 ORDER BY c.n", maxItems: 5, isIndexed: static _ => false).LoadedDocuments);
    }

    [Fact]
    public void Loaded_bytes_are_those_of_the_bodies()
    {
        var source = new ArraySource("""{"id":"a"}""");
        var page = source.Page("SELECT VALUE 1 FROM c");
        Assert.Equal(Querying.Text(source.Page("SELECT * FROM c")).Length - 2, page.LoadedBytes);
    }

    private static ScanRequest ScanOf(string condition)
    {
        var source = new ArraySource("{}");
        source.Page($"SELECT * FROM c WHERE {condition}", new { b = "b" });
        return Assert.Single(source.Scans);
    }
}
