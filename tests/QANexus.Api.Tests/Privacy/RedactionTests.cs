using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Stores;
using QANexus.Testing.Time;

namespace QANexus.Api.Tests.Privacy;

public sealed class RedactionTests
{
    private const string Redact = "/api/v1/tenants/t1/events/e1/redact";
    private const string Reason = """{"reason":"art. 17"}""";
    private const string Append =
        """{"events":[{"type":"Registered","eventId":"e1","data":{"name":"Ada"},"metadata":{"ip":"::1"}},{"type":"Closed","data":{}}],"metadata":{"source":"web"}}""";

    [Fact]
    public async Task A_redaction_answers_with_the_event_as_every_read_then_shows_it()
    {
        await using var host = await StartAsync();
        var before = (await host.GetAsync("/api/v1/tenants/t1/events/e1")).Json;
        host.Time.Advance(TimeSpan.FromDays(1));

        var answer = await host.SendAsync(HttpMethod.Post, Redact, Reason);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"redacted":true}""", answer.Json.GetProperty("data").GetRawText());
        Assert.Equal(
            """{"at":"2026-11-24T10:00:00Z","by":"development","reason":"art. 17"}""", answer.Json.GetProperty("redaction").GetRawText());
        foreach (var name in new[] { "eventId", "type", "schemaVersion", "aggregateType", "aggregateId", "version", "commit", "occurredAt", "storedAt" })
        {
            Assert.True(JsonElement.DeepEquals(before.GetProperty(name), answer.Json.GetProperty(name)), name);
        }

        var metadata = answer.Json.GetProperty("metadata");
        Assert.Equal(("web", "development"), (metadata.GetProperty("source").GetString(), metadata.GetProperty("actor").GetString()));
        Assert.False(metadata.TryGetProperty("ip", out _));
        Assert.Equal(answer.Text, (await host.GetAsync("/api/v1/tenants/t1/events/e1")).Text);
        Assert.Equal(answer.Json.GetRawText(), (await host.GetAsync(ApiHost.Stream)).Events[0].GetRawText());
        Assert.Equal(answer.Json.GetRawText(), (await host.GetAsync("/api/v1/tenants/t1/events?type=Registered")).Events[0].GetRawText());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task The_second_time_the_answer_is_the_same()
    {
        await using var host = await StartAsync();
        var first = await host.SendAsync(HttpMethod.Post, Redact, Reason);
        host.Time.Advance(TimeSpan.FromDays(1));

        var second = await host.SendAsync(HttpMethod.Post, Redact, """{"reason":"other words"}""");

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
    }

    [Fact]
    public async Task An_append_that_is_repeated_after_the_redaction_is_a_replay()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.AppendAsync(Append, ("Idempotency-Key", "k"));
        await host.SendAsync(HttpMethod.Post, Redact, Reason);

        var repeat = await host.AppendAsync(Append, ("Idempotency-Key", "k"));

        Assert.Equal((HttpStatusCode.OK, first.Text), (repeat.Status, repeat.Text));
        Assert.Equal("true", repeat.Headers["Idempotency-Replayed"]);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Requirement:req-1:3")]
    [InlineData("Requirement:req-1:1")]
    public async Task An_unknown_event_is_not_found(string id)
    {
        await using var host = await StartAsync();

        (await host.SendAsync(HttpMethod.Post, $"/api/v1/tenants/t1/events/{id}/redact", Reason)).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("{}", "/reason")]
    [InlineData("""{"reason":null}""", "/reason")]
    [InlineData("""{"reason":""}""", "/reason")]
    [InlineData("""{"reason":" \t "}""", "/reason")]
    [InlineData("""{"reason":17}""", "/reason")]
    [InlineData("""{"reason":"\ud800"}""", "/reason")]
    [InlineData("""{"reason":"a","reason":"b"}""", "/reason")]
    [InlineData("""{"reason":"a","actor":"b"}""", "/actor")]
    [InlineData("""{"a/b":1}""", "/a~1b", "/reason")]
    [InlineData("[]", "")]
    [InlineData("\"why\"", "")]
    public async Task A_body_that_gives_no_reason_is_refused(string body, params string[] pointers)
    {
        await using var host = await StartAsync();

        (await host.SendAsync(HttpMethod.Post, Redact, body)).IsInvalidAt(pointers);

        Assert.DoesNotContain("redaction", (await host.GetAsync(ApiHost.Stream)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_is_bounded()
    {
        await using var host = await StartAsync();

        (await host.SendAsync(HttpMethod.Post, Redact, $$"""{"reason":"{{new string('a', 501)}}"}""")).IsInvalidAt("/reason");
        (await host.SendAsync(HttpMethod.Post, Redact, $$"""{"reason":"{{new string('a', 9_000)}}"}""")).IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
        var longest = string.Concat(Enumerable.Repeat("\\u00e4", 500));
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Post, Redact, $$"""{"reason":"{{longest}}"}""")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"reason":"a"} x""")]
    public async Task What_is_no_json_is_malformed(string body)
    {
        await using var host = await StartAsync();

        (await host.SendAsync(HttpMethod.Post, Redact, body)).IsProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task A_request_that_is_not_json_or_names_no_event_is_refused()
    {
        await using var host = await StartAsync();

        using var text = new HttpRequestMessage(HttpMethod.Post, Redact) { Content = new StringContent(Reason) };
        (await host.SendAsync(text)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t1/events/a%20b/redact", Reason)).IsInvalidAt("/path/eventId");
        (await host.SendAsync(HttpMethod.Post, Redact + "?force=true", Reason)).IsInvalidAt("/query/force");
    }

    /// <summary>Reads show nothing of the id "split" or "dropped"; the redaction happens all the same, and the answer shows what is stored.</summary>
    [Theory]
    [InlineData("old", "Renamed", 2)]
    [InlineData("split", "Split", 1)]
    [InlineData("dropped", "Dropped", 1)]
    public async Task The_answer_is_upcast_without_running_a_transform(string id, string type, int version)
    {
        await using var host = await ApiHost.StartAsync(static services => services.AddEventTypes(Describe));
        await host.AppendAsync(
            """
            {"events":[{"type":"Old","schemaVersion":1,"eventId":"old","data":{"name":"Ada"}},{"type":"Split","schemaVersion":1,"eventId":"split","data":{"name":"Ada"}},
            {"type":"Dropped","schemaVersion":1,"eventId":"dropped","data":{"name":"Ada"}}]}
            """);

        var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/tenants/t1/events/{id}/redact", Reason);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            (id, type, version, """{"redacted":true}"""),
            (answer.Json.GetProperty("eventId").GetString(), answer.Json.GetProperty("type").GetString(), answer.Json.GetProperty("schemaVersion").GetInt32(),
                answer.Json.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task A_part_that_reads_show_redacts_its_event_and_the_second_time_the_answer_is_the_same()
    {
        await using var host = await ApiHost.StartAsync(static services => services.AddEventTypes(DescribeWithoutThrowing));
        await host.AppendAsync("""{"events":[{"type":"Split","schemaVersion":1,"eventId":"split","data":{"name":"Ada"}}]}""");

        var first = await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t1/events/split.2/redact", Reason);
        var second = await host.SendAsync(HttpMethod.Post, "/api/v1/tenants/t1/events/split.2/redact", Reason);

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
        Assert.Equal(("split.2", "Right"), (first.Json.GetProperty("eventId").GetString(), first.Json.GetProperty("type").GetString()));
        Assert.DoesNotContain("Ada", (await host.GetAsync(ApiHost.Stream + "?upcast=false")).Text, StringComparison.Ordinal);
    }

    /// <summary>The data would be gone for ever because of a slip of the finger.</summary>
    [Theory]
    [InlineData("split.3")]
    [InlineData("split.2.1")]
    [InlineData("old.1")]
    [InlineData("dropped.1")]
    public async Task A_part_that_no_read_shows_is_not_found_and_its_event_keeps_its_data(string id)
    {
        await using var host = await ApiHost.StartAsync(static services => services.AddEventTypes(DescribeWithoutThrowing));
        await host.AppendAsync(
            """
            {"events":[{"type":"Old","schemaVersion":1,"eventId":"old","data":{"name":"Ada"}},{"type":"Split","schemaVersion":1,"eventId":"split","data":{"name":"Ada"}},
            {"type":"Dropped","schemaVersion":1,"eventId":"dropped","data":{"name":"Ada"}}]}
            """);

        (await host.GetAsync($"/api/v1/tenants/t1/events/{id}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await host.SendAsync(HttpMethod.Post, $"/api/v1/tenants/t1/events/{id}/redact", Reason)).IsProblem(HttpStatusCode.NotFound, "not-found");

        Assert.DoesNotContain("redact", (await host.GetAsync(ApiHost.Stream + "?upcast=false")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_newer_build_is_redacted_and_shown_as_it_is_stored()
    {
        var newer = new InMemoryEventStore(new ManualTimeProvider(ApiHost.Start));
        await using var host = await ApiHost.StartAsync(services => services
            .AddEventTypes(static types => types.Add(EventType.Parse("Registered")))
            .AddSingleton<IEventStore>(newer).AddSingleton<IEventRedactor>(newer));
        await host.AppendAsync(Append.Replace("\"Registered\",", "\"Registered\",\"schemaVersion\":3,", StringComparison.Ordinal));

        var answer = await host.SendAsync(HttpMethod.Post, Redact, Reason);

        Assert.Equal((HttpStatusCode.OK, "e1"), (answer.Status, answer.Json.GetProperty("eventId").GetString()));
        Assert.Equal(3, answer.Json.GetProperty("schemaVersion").GetInt32());
    }

    [Fact]
    public async Task A_redaction_that_did_not_come_to_its_end_says_that_it_is_to_be_repeated()
    {
        await using var host = await ApiHost.StartAsync(static services => services.AddSingleton<IEventRedactor>(new Unfinished()));

        var answer = (await host.SendAsync(HttpMethod.Post, Redact, Reason)).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");

        Assert.Contains("Repeat it", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("3", answer.Headers["Retry-After"]);
    }

    private static void DescribeWithoutThrowing(EventCatalogBuilder catalog)
    {
        catalog.Add(EventType.Parse("Old")).From(1).To(2, static _ => { });
        catalog.Add(EventType.Parse("Left"));
        catalog.Add(EventType.Parse("Right"));
        catalog.Add(EventType.Parse("Split")).From(1).SplitInto(static parts => parts
            .Into(EventType.Parse("Left"), 1, static (data, _) => data).Into(EventType.Parse("Right"), 1, static (data, _) => data));
        catalog.Add(EventType.Parse("Dropped")).From(1).Drop();
    }

    private static void Describe(EventCatalogBuilder catalog)
    {
        catalog.Add(EventType.Parse("Old")).From(1).RenameTo(EventType.Parse("Renamed"), 2, static (_, _) => throw new InvalidOperationException("run"));
        catalog.Add(EventType.Parse("Renamed")).From(1).To(2, static _ => { });
        catalog.Add(EventType.Parse("Left"));
        catalog.Add(EventType.Parse("Right"));
        catalog.Add(EventType.Parse("Split")).From(1).SplitInto(static parts => parts
            .Into(EventType.Parse("Left"), 1, static (_, _) => throw new InvalidOperationException("run"))
            .Into(EventType.Parse("Right"), 1, static (_, _) => throw new InvalidOperationException("run")));
        catalog.Add(EventType.Parse("Dropped")).From(1).Drop();
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(Append)).Status);
        return host;
    }

    private sealed class Unfinished : IEventRedactor
    {
        public Task<RedactionResult> RedactAsync(TenantId tenant, EventId id, RedactionRequest request, CancellationToken cancellationToken) =>
            throw new RedactionUnfinishedException(id, TimeSpan.FromSeconds(3));
    }
}
