using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;
using QANexus.Testing.Feeds;

namespace QANexus.Api.Tests.Feeds;

public sealed class FeedPageTests
{
    private const string Feed = "/api/v1/tenants/t1/feed";
    private const string Two = """{"events":[{"type":"A","data":{}},{"type":"B","data":{}}]}""";

    [Fact]
    public async Task Cursors_lead_through_the_feed_and_beyond_its_end_to_what_comes_later()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(Two);
        await host.AppendAsync();

        var first = await host.GetAsync(Feed + "?maxCount=1");
        var second = await host.GetAsync($"{Feed}?maxCount=1&cursor={Cursor(first)}");
        var end = await host.GetAsync($"{Feed}?cursor={Cursor(second)}");
        await host.AppendAsync();
        var later = await host.GetAsync($"{Feed}?cursor={Cursor(end)}");

        Assert.Equal([[1, 2], [3], [], [4]], new[] { first, second, end, later }.Select(static page => page.Versions.ToArray()));
        Assert.Equal([false, true, true, true], new[] { first, second, end, later }.Select(IsCaughtUp));
        Assert.Equal("1.25", end.Headers["X-Request-Charge"]);
        Assert.Equal("no-store", end.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task An_empty_feed_has_a_cursor_to_go_on_from()
    {
        await using var host = await ApiHost.StartAsync();
        var empty = await host.GetAsync(Feed);
        await host.AppendAsync();

        Assert.Empty(empty.Events);
        Assert.Single((await host.GetAsync($"{Feed}?cursor={Cursor(empty)}")).Events);
    }

    [Theory]
    [InlineData("/api/v1/tenants/t2/feed?cursor={0}")]
    [InlineData(Feed + "?cursor={0}x")]
    [InlineData(Feed + "?cursor=garbage")]
    [InlineData(Feed + "?cursor=%00")]
    public async Task A_cursor_of_another_tenant_or_none_at_all_is_refused(string url)
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        var cursor = Cursor(await host.GetAsync(Feed));

        var answer = await host.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, cursor));

        answer.IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    /// <summary>As every parameter: what has no text is not given.</summary>
    [Theory]
    [InlineData(Feed)]
    [InlineData("/api/v1/tenants/t1/events")]
    public async Task An_empty_cursor_is_none(string url)
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(ApiHost.OneEvent);

        var answer = await host.GetAsync(url + "?cursor=");

        Assert.Equal((HttpStatusCode.OK, (await host.GetAsync(url)).Events.Count), (answer.Status, answer.Events.Count));
        Assert.Single(answer.Events);
        (await host.GetAsync(url + "?cursor=&cursor=")).IsInvalidAt("/query/cursor");
        (await host.GetAsync(url + "?cursor=%20")).IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    [Fact]
    public async Task A_next_link_is_no_cursor_of_a_feed_and_the_other_way_round()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(Two);
        var query = (await host.GetAsync("/api/v1/tenants/t1/events?maxCount=1")).NextLink!.Split("cursor=")[1];
        var feed = Cursor(await host.GetAsync(Feed));

        (await host.GetAsync($"{Feed}?cursor={query}")).IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
        (await host.GetAsync($"/api/v1/tenants/t1/events?cursor={feed}")).IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    [Fact]
    public async Task A_cursor_outlives_the_rotation_of_the_key_that_signed_it()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        var cursor = Cursor(await host.GetAsync(Feed));
        host.Keys.Rotate();
        await host.Keys.GetAsync(refresh: true, CancellationToken.None);
        await host.AppendAsync();

        var newer = await host.GetAsync($"{Feed}?cursor={cursor}");

        Assert.Equal([2], newer.Versions);
        Assert.Empty((await host.GetAsync($"{Feed}?cursor={Cursor(newer)}")).Events);
    }

    [Fact]
    public async Task A_place_that_the_feed_does_not_know_is_refused_though_its_signature_is_right()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        var cursor = SignedToken.Create(host.Keys.Newest, TenantId.Parse("t1"), "feed", ".of another container"u8);

        (await host.GetAsync($"{Feed}?cursor={cursor}")).IsProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    [Theory]
    [InlineData("?maxCount=0", "/query/maxCount")]
    [InlineData("?maxCount=1001", "/query/maxCount")]
    [InlineData("?wait=61", "/query/wait")]
    [InlineData("?wait=-1", "/query/wait")]
    [InlineData("?wait=1.5", "/query/wait")]
    [InlineData("?since=2026-11-23T10:00:00Z", "/query/since")]
    public async Task Parameters_out_of_their_range_or_unknown_are_refused(string query, string pointer)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.GetAsync(Feed + query)).IsInvalidAt(pointer);
    }

    [Fact]
    public async Task A_request_that_waits_is_answered_as_soon_as_something_comes()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();
        var cursor = Cursor(await host.GetAsync(Feed));
        var waiting = host.GetAsync($"{Feed}?wait=60&cursor={cursor}");

        await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t2/streams/Requirement/r/events", ApiHost.OneEvent);
        Assert.False(waiting.IsCompleted);
        await host.AppendAsync();

        Assert.Equal([2], (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Versions);
    }

    [Fact]
    public async Task A_request_that_finds_something_does_not_wait()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();

        Assert.Single((await host.GetAsync(Feed + "?wait=60").WaitAsync(TimeSpan.FromSeconds(30))).Events);
    }

    [Fact]
    public async Task A_request_that_waits_in_vain_is_answered_with_an_empty_page()
    {
        await using var host = await ApiHost.StartAsync();

        var page = await host.GetAsync(Feed + "?wait=1");

        Assert.Empty(page.Events);
        Assert.True(IsCaughtUp(page));
    }

    [Fact]
    public async Task A_host_that_stops_answers_who_waits_at_once_with_a_cursor_for_elsewhere()
    {
        await using var host = await ApiHost.StartAsync();
        var waiting = host.GetAsync(Feed + "?wait=60");

        host.Lifetime.StopApplication();
        var page = await waiting.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(page.Events);
        Assert.NotEmpty(Cursor(page));
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_the_wait()
    {
        var cancelled = new TaskCompletionSource();
        var store = new ScriptedEventStore
        {
            ReadFeed = async (_, options, cancellationToken) =>
            {
                if (options.Wait == TimeSpan.Zero)
                {
                    return ScriptedFeed.Empty;
                }

                await using var registration = cancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException();
            },
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var leave = new CancellationTokenSource();
        var waiting = host.Client.GetAsync(Feed + "?wait=60", leave.Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("", EventForm.Latest)]
    [InlineData("?upcast=true", EventForm.Latest)]
    [InlineData("?upcast=false", EventForm.AsStored)]
    public async Task Both_kinds_of_feeds_are_read_in_the_form_asked_for(string query, EventForm form)
    {
        var forms = new ConcurrentQueue<EventForm>();
        var store = new ScriptedEventStore
        {
            ReadFeed = async (_, options, cancellationToken) =>
            {
                forms.Enqueue(options.Form);
                await Task.Delay(options.Wait, cancellationToken);
                return ScriptedFeed.Of(1, "{}");
            },
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        await host.GetAsync(Feed + query);
        await using (var stream = await EventStreamReader.OpenAsync(host.Client, Feed + query))
        {
            await stream.NextAsync();
        }

        Assert.InRange(forms.Count, 2, 3);
        Assert.All(forms, asked => Assert.Equal(form, asked));
    }

    [Fact]
    public async Task An_event_that_cannot_be_upcast_is_a_500_that_names_it()
    {
        var store = ScriptedEventStore.Failing(new UpcastingFailedException(EventType.Parse("A"), 1, "A v1 to v2", "no"));
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        (await host.GetAsync(Feed)).IsProblem(HttpStatusCode.InternalServerError, "upcasting-failed");
    }

    [Fact]
    public async Task A_throttled_store_is_a_429()
    {
        var store = ScriptedEventStore.Failing(new StoreThrottledException(TimeSpan.FromSeconds(3), innerException: null));
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        Assert.Equal("3", (await host.GetAsync(Feed)).IsProblem(HttpStatusCode.TooManyRequests, "throttled").Headers["Retry-After"]);
    }

    private static string Cursor(ApiAnswer page) => page.Json.GetProperty("cursor").GetString()!;

    private static bool IsCaughtUp(ApiAnswer page) => page.Json.GetProperty("caughtUp").ValueKind is JsonValueKind.True;
}
