using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Streams;

public sealed class StreamReadTests
{
    [Fact]
    public async Task An_event_reads_with_every_member_of_the_contract()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(
            """
            {"events":[{"eventId":"e-1","type":"A","schemaVersion":3,"occurredAt":"2026-11-23T11:30:00.250+02:00","data":{"x":1},"metadata":{"source":"own","k":[1]}}],
             "metadata":{"correlationId":"c","causationId":"d","source":"s"}}
            """,
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var read = await host.GetAsync(ApiHost.Stream);

        Assert.Equal(
            """
            {"value":[{"eventId":"e-1","type":"A","schemaVersion":3,"aggregateType":"Requirement","aggregateId":"req-1","version":1,"commit":1,"occurredAt":"2026-11-23T09:30:00.25Z","storedAt":"2026-11-23T10:00:00Z","data":{"x":1},"metadata":{"actor":"development","correlationId":"c","causationId":"d","traceparent":"00-0af7651916cd43dd8448eb211c80319c-{span}-01","source":"own","k":[1]}}],"version":1}
            """,
            Regex.Replace(read.Text, "(?<=319c-)[0-9a-f]{16}", "{span}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal("1.25", read.Headers["X-Request-Charge"]);
        Assert.Equal("no-store", read.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task A_redacted_event_says_who_took_its_data_when_and_why()
    {
        var store = new ScriptedEventStore { Read = static (_, _) => Task.FromResult(new StreamSlice([Redacted()], new StreamPosition(1, 1), NextVersion: null, 0)) };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        var e = (await host.GetAsync(ApiHost.Stream)).Events[0];

        Assert.Equal("""{"at":"2026-11-23T10:00:00Z","by":"ann","reason":"\"asked\""}""", e.GetProperty("redaction").GetRawText());
        Assert.Equal("{}", e.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_stream_without_events_is_an_empty_list_with_version_0_and_an_etag_to_begin_at()
    {
        await using var host = await ApiHost.StartAsync();

        var empty = await host.GetAsync(ApiHost.Stream);

        Assert.Equal("""{"value":[],"version":0}""", empty.Text);
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(headers: ("If-Match", empty.ETag))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await host.AppendAsync(headers: ("If-Match", empty.ETag))).Status);
    }

    [Theory]
    [InlineData("forward", "1,2,3|4,5,6|7")]
    [InlineData("backward", "7,6,5|4,3,2|1")]
    public async Task Following_next_links_reads_the_whole_stream(string direction, string pages)
    {
        await using var host = await ApiHost.StartAsync();
        await AppendManyAsync(host, 7);

        var read = new List<string>();
        var url = $"{ApiHost.Stream}?direction={direction}&maxCount=3&upcast=false&asOf=&toVersion=";
        for (string? next = url; next is not null;)
        {
            var page = await host.GetAsync(next);
            read.Add(string.Join(',', page.Versions));
            Assert.Equal(7, page.Json.GetProperty("version").GetInt64());
            next = page.NextLink;
            Assert.True(next is null || next.Contains($"direction={direction}&maxCount=3&upcast=false&", StringComparison.Ordinal), next);
        }

        Assert.Equal(pages, string.Join('|', read));
    }

    [Theory]
    [InlineData("fromVersion=3", "3,4,5", true)]
    [InlineData("fromVersion=2&toVersion=4", "2,3,4", false)]
    [InlineData("toVersion=2&direction=backward", "2,1", false)]
    [InlineData("toVersion=0", "", false)]
    [InlineData("asOf=2026-11-23T10:00:02Z", "1,2,3", false)]
    [InlineData("asOf=2026-11-23T12:00:02%2B02:00", "1,2,3", false)]
    [InlineData("atLeast=5.5", "1,2,3,4,5", true)]
    [InlineData("atLeast=%225%22", "1,2,3,4,5", true)]
    [InlineData("fromVersion=9223372036854775807", "", true)]
    public async Task A_query_narrows_the_read_and_answers_about_the_past_carry_no_etag(string query, string versions, bool hasETag)
    {
        await using var host = await ApiHost.StartAsync();
        await AppendManyAsync(host, 5);

        var read = await host.GetAsync($"{ApiHost.Stream}?{query}");

        Assert.Equal(versions, string.Join(',', read.Versions));
        Assert.Equal(5, read.Json.GetProperty("version").GetInt64());
        Assert.Equal(hasETag, read.Headers.ContainsKey("ETag"));
    }

    [Theory]
    [InlineData("fromVersion=0", "fromVersion")]
    [InlineData("fromVersion=-1", "fromVersion")]
    [InlineData("fromVersion=1.0", "fromVersion")]
    [InlineData("fromVersion=9223372036854775808", "fromVersion")]
    [InlineData("toVersion=x", "toVersion")]
    [InlineData("direction=Forward", "direction")]
    [InlineData("direction=sideways", "direction")]
    [InlineData("maxCount=0", "maxCount")]
    [InlineData("maxCount=1001", "maxCount")]
    [InlineData("maxCount=5&maxCount=6", "maxCount")]
    [InlineData("asOf=yesterday", "asOf")]
    [InlineData("asOf=2026-11-23T10:00:00", "asOf")]
    [InlineData("asOf=2026-11-23T10:00:00+02:00", "asOf")]
    [InlineData("atLeast=garbage", "atLeast")]
    [InlineData("atLeast=W/%221%22", "atLeast")]
    [InlineData("upcast=1", "upcast")]
    [InlineData("MaxCount=5", "MaxCount")]
    [InlineData("limit=5&fromVersion=0", "limit,fromVersion")]
    public async Task A_query_that_cannot_be_read_is_refused_by_name(string query, string names)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync($"{ApiHost.Stream}?{query}")).IsInvalidAt([.. names.Split(',').Select(static name => "/query/" + name)]);
    }

    [Fact]
    public async Task Every_option_reaches_the_store()
    {
        var store = new ScriptedEventStore { Read = static (_, _) => Task.FromResult(new StreamSlice([], default, NextVersion: null, 0)) };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        await host.GetAsync($"{ApiHost.Stream}?fromVersion=2&toVersion=9&direction=backward&maxCount=7&asOf=2026-11-23T10:00:00Z&atLeast=9.4.xyz&upcast=true");

        Assert.Equal(
            new StreamReadOptions
            {
                FromVersion = 2, ToVersion = 9, Direction = ReadDirection.Backward, MaxCount = 7, AsOf = ApiHost.Start, AtLeast = new StreamPosition(4, 9),
            },
            store.Asked);
    }

    [Fact]
    public async Task A_position_that_is_not_reached_in_time_is_503()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.GetAsync($"{ApiHost.Stream}?atLeast=1.1");

        answer.IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"1.1.AAAAAAAAAAA\", {0}")]
    public async Task A_stream_that_has_not_moved_is_304(string ifNoneMatch)
    {
        await using var host = await ApiHost.StartAsync();
        var etag = (await host.AppendAsync()).ETag;

        var answer = await host.GetAsync(ApiHost.Stream, ("If-None-Match", string.Format(System.Globalization.CultureInfo.InvariantCulture, ifNoneMatch, etag)));

        Assert.Equal(HttpStatusCode.NotModified, answer.Status);
        Assert.Equal(etag, answer.ETag);
    }

    [Fact]
    public async Task An_etag_signed_with_an_older_key_still_says_that_nothing_has_moved()
    {
        await using var host = await ApiHost.StartAsync();
        var etag = (await host.AppendAsync()).ETag;
        host.Keys.Rotate();
        await host.Keys.GetAsync(refresh: true, CancellationToken.None);

        var answer = await host.GetAsync(ApiHost.Stream, ("If-None-Match", etag));

        Assert.Equal(HttpStatusCode.NotModified, answer.Status);
        Assert.NotEqual(etag, answer.ETag);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("garbage")]
    [InlineData("\"1\"")]
    [InlineData("\"1.1\"")]
    [InlineData("\"1.1.AAAAAAAAAAA\"")]
    [InlineData("stale")]
    public async Task Any_other_if_none_match_just_reads(string ifNoneMatch)
    {
        await using var host = await ApiHost.StartAsync();
        var stale = (await host.GetAsync(ApiHost.Stream)).ETag;
        await host.AppendAsync();

        var answer = await host.GetAsync(ApiHost.Stream, ("If-None-Match", ifNoneMatch == "stale" ? stale : ifNoneMatch));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([1L], answer.Versions);
    }

    [Fact]
    public async Task An_answer_about_the_past_is_never_304()
    {
        await using var host = await ApiHost.StartAsync();
        var etag = (await host.AppendAsync()).ETag;

        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(ApiHost.Stream + "?toVersion=1", ("If-None-Match", etag))).Status);
    }

    [Fact]
    public async Task Behind_a_proxy_links_carry_the_public_address()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddQANexusApi(options => options.PublicBaseAddress = new Uri("https://events.example.com/qa/")));
        await AppendManyAsync(host, 2);

        var page = await host.GetAsync(ApiHost.Stream + "?maxCount=1");

        Assert.Equal($"https://events.example.com/qa{ApiHost.Stream}?maxCount=1&fromVersion=2", page.NextLink);
    }

    private static async Task AppendManyAsync(ApiHost host, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await host.AppendAsync();
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static RecordedEvent Redacted() => new()
    {
        Id = EventId.At(StreamId.Parse("Requirement:req-1"), 1), Type = EventType.Parse("A"), SchemaVersion = 1, Stream = StreamId.Parse("Requirement:req-1"), Version = 1, Commit = 1,
        OccurredAt = ApiHost.Start, StoredAt = ApiHost.Start, Data = QANexus.EventStore.Json.JsonObjectText.Parse("""{"redacted":true}"""), Origin = new(),
        Redaction = new Redaction(ApiHost.Start, "ann", "\"asked\""),
    };
}
