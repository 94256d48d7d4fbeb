namespace QANexus.LocalCosmos.Tests.Sql;

/// <summary>The queries that the event store sends, over one stream of commit documents and over several.</summary>
public sealed class StoreQueryTests
{
    [Fact]
    public void The_tail_reads_only_the_newest_documents()
    {
        var source = Stream(100);
        var page = source.Page("SELECT TOP 14 * FROM c ORDER BY c.id DESC");
        Assert.Equal(14, page.Count);
        Assert.Null(page.Continuation);
        Assert.Equal(Enumerable.Range(87, 14).Reverse().Select(Id), source.Taken);
        Assert.Equal(14, page.LoadedDocuments);
    }

    [Fact]
    public void A_tail_page_reads_no_more_than_it_returns()
    {
        var source = Stream(100);
        var first = source.Page("SELECT * FROM c WHERE c.version <= @v ORDER BY c.id DESC", new { v = 1000 }, maxItems: 14);
        Assert.Equal(14, source.Taken.Count);
        source.Taken.Clear();
        var second = source.Page("SELECT * FROM c WHERE c.version <= @v ORDER BY c.id DESC", new { v = 1000 }, maxItems: 20, first.Continuation);
        Assert.Equal(20, second.Count);
        Assert.Equal(Enumerable.Range(67, 20).Reverse().Select(Id), source.Taken);
    }

    [Fact]
    public void A_read_forwards_streams_in_the_order_of_ids()
    {
        var source = Stream(50);
        var rows = source.Pages("SELECT c.id FROM c WHERE c.version >= @v ORDER BY c.id ASC", 7, new { v = 21 });
        Assert.Equal(Enumerable.Range(11, 40).Select(static n => $$"""{"id":"{{Id(n)}}"}"""), rows);
    }

    [Fact]
    public void The_commit_before_a_version_is_found_by_reading_down_to_it()
    {
        var source = Stream(50);
        var page = source.Page("SELECT TOP 1 * FROM c WHERE c.version < @v ORDER BY c.id DESC", new { v = 95 });
        Assert.Contains(Id(47), Querying.Text(page), StringComparison.Ordinal);
        Assert.Null(page.Continuation);
        Assert.Equal([Id(50), Id(49), Id(48), Id(47)], source.Taken);
        Assert.Equal(1, page.LoadedDocuments);
    }

    [Fact]
    public void The_first_commit_after_a_time_is_found_by_its_id()
    {
        var source = Stream(10);
        Assert.Equal($"""["{Id(4)}"]""", source.Run("SELECT TOP 1 VALUE c.id FROM c WHERE c.storedAt > @t ORDER BY c.id ASC", new { t = "2026-01-03" }));
        Assert.Equal(4, source.Taken.Count);
    }

    [Fact]
    public void The_position_of_the_tail_is_three_properties()
    {
        var source = Stream(10);
        string row = source.Run("""SELECT TOP 1 c.id, c.version, c["count"] FROM c ORDER BY c.id DESC""");
        Assert.Equal($$"""[{"id":"{{Id(10)}}","version":19,"count":2}]""", row);
        Assert.Equal([Id(10)], source.Taken);
    }

    [Fact]
    public void A_commit_is_found_by_the_callers_key()
    {
        var source = Stream(10);
        var page = source.Page("SELECT * FROM c WHERE c.commitId = @k", new { k = "k7" });
        Assert.Equal(1, page.Count);
        Assert.Equal(1, page.LoadedDocuments);
        Assert.Contains($"\"{Id(7)}\"", Querying.Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenants_events_are_found_by_stream_type_and_time()
    {
        var source = Tenant();
        string query =
            "SELECT VALUE c.id FROM c WHERE STARTSWITH(c.streamId, @p) AND ARRAY_CONTAINS(c.eventTypes, @t) AND c.occurredTo > @since " +
            "AND c.occurredFrom <= @until AND c.storedAt >= @s ORDER BY c.storedAt";
        var wanted = new { p = "Case:", t = "Opened", since = "2026-01-02", until = "2026-01-08", s = "2026-01-01" };
        Assert.Equal("""["a3","a5","a7"]""", source.Run(query, wanted));
    }

    [Fact]
    public void An_event_is_found_by_its_own_id()
    {
        var page = Tenant().Page("SELECT * FROM c WHERE EXISTS(SELECT VALUE e FROM e IN c.events WHERE e.eventId = @id)", new { id = "e6" });
        Assert.Contains("\"a6\"", Querying.Text(page), StringComparison.Ordinal);
        Assert.Equal((1, 1), (page.Count, page.LoadedDocuments));
    }

    [Fact]
    public void Events_are_counted_by_stream_and_by_type()
    {
        var source = Tenant();
        Assert.Equal("[10]", source.Run("""SELECT VALUE SUM(c["count"]) FROM c WHERE STARTSWITH(c.streamId, @p)""", new { p = "Case:" }));
        Assert.Equal("[5]", source.Run("SELECT VALUE COUNT(1) FROM c JOIN e IN c.events WHERE e.type = @t", new { t = "Opened" }));
    }

    private static ArraySource Stream(int commits) => new(Enumerable.Range(1, commits).Select(static n =>
        $$"""{"id":"{{Id(n)}}","version":{{(2 * n) - 1}},"count":2,"commitId":"k{{n}}","storedAt":"2026-01-{{n:00}}","events":[{"type":"Opened"}]}"""))
    {
        IsSingleLogicalPartition = true,
    };

    private static ArraySource Tenant() => new(Enumerable.Range(1, 9).Select(static n =>
    {
        string type = n % 2 == 1 ? "Opened" : "Closed";
        string stream = n == 9 ? "Order:9" : $"Case:{n}";
        return $$"""
            {"id":"a{{n}}","streamId":"{{stream}}","eventTypes":["{{type}}"],"occurredFrom":"2026-01-0{{n}}","occurredTo":"2026-01-0{{n}}",
            "storedAt":"2026-01-0{{n}}","count":{{(n > 6 ? 2 : 1)}},"events":[{"type":"{{type}}","eventId":"e{{n}}"}]}
            """;
    }));

    private static string Id(int commit) => $"{commit:0000000000}";
}
