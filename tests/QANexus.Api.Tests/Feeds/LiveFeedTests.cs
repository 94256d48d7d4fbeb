using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.Testing.Feeds;

namespace QANexus.Api.Tests.Feeds;

public sealed class LiveFeedTests
{
    private const string Feed = "/api/v1/tenants/t1/feed";
    private const string Two = """{"events":[{"type":"A","data":{}},{"type":"B","data":{}}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_come_as_they_are_elsewhere_and_with_the_last_of_a_commit_its_cursor()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(Two);
        await using var stream = await EventStreamReader.OpenAsync(host.Client, Feed);

        var first = (await stream.NextAsync())!.Value;
        Assert.Equal(("event", null), (first.EventType, first.EventId));
        Assert.Equal(TimeSpan.FromSeconds(1), stream.ReconnectionInterval);
        var second = (await stream.NextAsync())!.Value;
        Assert.Equal(stream.LastEventId, second.EventId);
        var page = await host.GetAsync(Feed);
        Assert.Equal(page.Events.Select(static e => e.GetRawText()), [first.Data, second.Data]);
        Assert.Equal(page.Json.GetProperty("cursor").GetString(), stream.LastEventId);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.True(stream.Response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_is_appended_later_comes_by_itself_and_of_another_tenant_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        await using var stream = await EventStreamReader.OpenAsync(host.Client, Feed);

        await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t2/streams/Requirement/other/events", ApiHost.OneEvent);
        await host.AppendAsync();

        Assert.Equal("req-1", (await stream.NextJsonAsync()).GetProperty("aggregateId").GetString());
    }

    [Fact]
    public async Task The_last_event_id_goes_before_the_cursor_and_both_before_the_beginning()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        var first = (await host.GetAsync(Feed)).Json.GetProperty("cursor").GetString()!;
        await host.AppendAsync();
        var second = (await host.GetAsync(Feed)).Json.GetProperty("cursor").GetString()!;
        await host.AppendAsync();

        foreach (var (url, last, expected) in new[] { (Feed, null, 1), (Feed, first, 2), ($"{Feed}?cursor={first}", null, 2), ($"{Feed}?cursor={first}", second, 3) })
        {
            await using var stream = await EventStreamReader.OpenAsync(host.Client, url, last);
            Assert.Equal(expected, (await stream.NextJsonAsync()).GetProperty("version").GetInt64());
        }
    }

    [Theory]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("TEXT/EVENT-STREAM", "text/event-stream")]
    [InlineData("text/event-stream, */*", "text/event-stream")]
    [InlineData("text/event-stream, application/json;q=0.5", "text/event-stream")]
    [InlineData("application/json, text/event-stream", "application/json")]
    [InlineData("text/event-stream;q=0.1, */*", "application/json")]
    [InlineData("text/event-stream;q=0, */*", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/*", "application/problem+json")]
    public async Task A_stream_is_for_who_names_it_and_does_not_like_json_as_much(string accept, string mediaType)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Feed);
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Only_the_feed_is_a_stream()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync("/api/v1/tenants/t1/events", ("Accept", "text/event-stream"))).IsProblem(HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Theory]
    [InlineData("?cursor=garbage", null, "cursor-invalid")]
    [InlineData("", "garbage", "cursor-invalid")]
    [InlineData("?wait=5", null, "validation-failed")]
    [InlineData("?maxCount=0", null, "validation-failed")]
    public async Task What_is_wrong_with_the_request_is_said_before_the_stream_begins(string query, string? last, string code)
    {
        await using var host = await ApiHost.StartAsync();
        (string, string)[] headers = last is null ? [("Accept", "text/event-stream")] : [("Accept", "text/event-stream"), ("Last-Event-ID", last)];

        (await host.GetAsync(Feed + query, headers)).IsProblem(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_failure_of_the_first_read_is_an_ordinary_problem()
    {
        var store = ScriptedEventStore.Failing(new StoreThrottledException(TimeSpan.FromSeconds(3), innerException: null));
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        (await host.GetAsync(Feed, ("Accept", "text/event-stream"))).IsProblem(HttpStatusCode.TooManyRequests, "throttled");
    }

    [Fact]
    public async Task A_failure_later_ends_the_stream_with_a_problem_and_a_longer_pause()
    {
        var store = new ScriptedEventStore
        {
            ReadFeed = static (after, _, _) => after is null
                ? Task.FromResult(ScriptedFeed.Of(1, "{}"))
                : Task.FromException<FeedPage>(new StoreUnavailableException("secret", TimeSpan.FromSeconds(1))),
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        await using var stream = await EventStreamReader.OpenAsync(host.Client, Feed);
        var first = (await stream.NextAsync())!.Value;

        var problem = (await stream.NextAsync())!.Value;

        Assert.Equal(("problem", first.EventId), (problem.EventType, stream.LastEventId));
        var body = JsonDocument.Parse(problem.Data).RootElement;
        Assert.Equal(("store-unavailable", 503), (body.GetProperty("code").GetString(), body.GetProperty("status").GetInt32()));
        Assert.DoesNotContain("secret", problem.Data, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), stream.ReconnectionInterval);
        Assert.Null(await stream.NextAsync());
        Assert.Contains(host.Logs.OfApi, static entry => entry is { EventId: 2003, Level: LogLevel.Warning });
    }

    [Fact]
    public async Task Line_breaks_in_stored_json_reach_the_reader_as_such()
    {
        var store = new ScriptedEventStore
        {
            ReadFeed = static (after, _, token) => after is null ? Task.FromResult(ScriptedFeed.Of(1, "{\r\n\"a\":\n1}")) : Never(token),
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        await using var stream = await EventStreamReader.OpenAsync(host.Client, Feed);

        Assert.Equal(1, (await stream.NextJsonAsync()).GetProperty("data").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task A_silent_stream_shows_signs_of_life_that_move_the_cursor_on()
    {
        await using var host = await ApiHost.StartAsync(
            static services => services.AddQANexusApi(static options => options.LiveFeedHeartbeat = TimeSpan.FromMilliseconds(10)));
        using var response = await OpenAsync(host);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.StartsWith("retry: 1000", await LineAsync(reader), StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(": ", await LineAsync(reader));
            var id = await LineAsync(reader);
            Assert.StartsWith("id: ", id, StringComparison.Ordinal);
            Assert.Empty(await LineAsync(reader));
            Assert.Empty((await host.GetAsync($"{Feed}?cursor={id[4..]}")).Events);
        }
    }

    /// <summary>The reader takes a little at a time; what the store was asked for is never more than a page ahead of that.</summary>
    [Fact]
    public async Task Nothing_is_read_ahead_of_a_slow_reader_but_one_page()
    {
        const int PageBytes = 512 * 1024;
        var pages = 0;
        var data = $$"""{"text":"{{new string('x', PageBytes / 8)}}"}""";
        var store = new ScriptedEventStore
        {
            ReadFeed = (_, _, _) => Task.FromResult(ScriptedFeed.Of((8 * Interlocked.Increment(ref pages)) - 7, [.. Enumerable.Repeat(data, 8)])),
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var response = await OpenAsync(host);
        await using var body = await response.Content.ReadAsStreamAsync();

        var buffer = new byte[16 * 1024];
        for (var received = 0L; received < 20 * PageBytes; received += await body.ReadAsync(buffer).AsTask().WaitAsync(Patience))
        {
            // The page being taken and the one behind it; the pipe in between holds less than a page.
            Assert.InRange(Volatile.Read(ref pages), 1, (received / PageBytes) + 2);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_work_and_is_no_failure()
    {
        var waiting = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var store = new ScriptedEventStore
        {
            ReadFeed = async (after, _, cancellationToken) =>
            {
                if (after is null)
                {
                    return ScriptedFeed.Of(1, "{}");
                }

                await using var registration = cancellationToken.Register(cancelled.SetResult);
                waiting.SetResult();
                return await Never(cancellationToken);
            },
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        var logs = host.Logs;
        await using (var stream = await EventStreamReader.OpenAsync(host.Client, Feed))
        {
            await stream.NextAsync();
            await waiting.Task.WaitAsync(Patience);
        }

        await cancelled.Task.WaitAsync(Patience);
        await host.DisposeAsync();
        Assert.DoesNotContain(logs.Entries, static entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_host_that_stops_ends_streams_quietly_also_of_readers_that_do_not_take_what_is_there()
    {
        var data = $$"""{"text":"{{new string('x', 1024 * 1024)}}"}""";
        var store = new ScriptedEventStore { ReadFeed = (_, _, _) => Task.FromResult(ScriptedFeed.Of(1, data)) };
        await using var busy = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var stuck = await OpenAsync(busy);
        await using var idle = await ApiHost.StartAsync();
        await using var stream = await EventStreamReader.OpenAsync(idle.Client, Feed);

        var logs = busy.Logs.Entries.Concat(idle.Logs.Entries);
        busy.Lifetime.StopApplication();
        idle.Lifetime.StopApplication();

        Assert.Null(await stream.NextAsync());
        await busy.DisposeAsync().AsTask().WaitAsync(Patience);
        await idle.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.DoesNotContain(logs, static entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_stream_ends_when_its_time_is_over_and_goes_on_from_its_last_event_id()
    {
        await using var host = await ApiHost.StartAsync(
            static services => services.AddQANexusApi(static options => options.LiveFeedDuration = TimeSpan.FromMilliseconds(50)));
        var received = new List<long>();
        string? last = null;
        for (var connection = 0; connection < 5; connection++)
        {
            await host.AppendAsync();
            await using var stream = await EventStreamReader.OpenAsync(host.Client, Feed, last);
            while (await stream.NextAsync() is { } e)
            {
                received.Add(JsonDocument.Parse(e.Data).RootElement.GetProperty("version").GetInt64());
            }

            last = stream.LastEventId.Length > 0 ? stream.LastEventId : last;
        }

        Assert.Equal([1, 2, 3, 4, 5], received);
    }

    private static Task<HttpResponseMessage> OpenAsync(ApiHost host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Feed);
        request.Headers.Add("Accept", "text/event-stream");
        return host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<string> LineAsync(StreamReader reader) =>
        await reader.ReadLineAsync().WaitAsync(Patience) ?? throw new EndOfStreamException();

    private static async Task<FeedPage> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}
