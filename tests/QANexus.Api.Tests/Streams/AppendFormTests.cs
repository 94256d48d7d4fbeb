using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;

namespace QANexus.Api.Tests.Streams;

/// <summary>What is refused by its form alone, before the store is asked.</summary>
public sealed class AppendFormTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{\"events\":[]} x")]
    [InlineData("{\"events\":[{\"type\":\"A\",\"data\":{\"a\":01}}]}")]
    [InlineData("{\"events\":[{\"type\":\"A\",\"data\":{\"a\":\"\\x\"}}]}")]
    [InlineData("{\"events\":[{\"type\":\"A\",\"data\":{},}]}")]
    [InlineData("{\"events\":[{\"type\":\"A\",\"data\":{}}],/* c */\"metadata\":{}}")]
    [InlineData("\ufeff{\"events\":[{\"type\":\"A\",\"data\":{}}]}")]
    [InlineData("{\"type\":\"unknown member first\",\"events\":")]
    public async Task What_is_not_json_is_malformed(string body)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.AppendAsync(body)).IsProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task What_is_not_utf8_is_malformed()
    {
        await using var host = await ApiHost.StartAsync();
        byte[] body = [.. "{\"events\":[{\"type\":\"A\",\"data\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}]}"u8];

        (await SendAsync(host, body, "application/json")).IsProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("\"text\"", "")]
    [InlineData("{}", "/events")]
    [InlineData("""{"events":[]}""", "/events")]
    [InlineData("""{"events":{}}""", "/events")]
    [InlineData("""{"events":null}""", "/events")]
    [InlineData("""{"events":[1]}""", "/events/0")]
    [InlineData("""{"events":[{}]}""", "/events/0/type|/events/0/data")]
    [InlineData("""{"events":[{"type":"A","data":{}},{"type":7,"data":[]}]}""", "/events/1/type|/events/1/data")]
    [InlineData("""{"events":[{"type":"1A","data":null}]}""", "/events/0/type|/events/0/data")]
    [InlineData("""{"events":[{"type":"A","data":{},"extra":1}]}""", "/events/0/extra")]
    [InlineData("""{"events":[{"type":"A","data":{},"a/b~c":{"deep":[1]}}]}""", "/events/0/a~1b~0c")]
    [InlineData("""{"events":[{"type":"A","data":{},"Type":"B"}]}""", "/events/0/Type")]
    [InlineData("""{"events":[{"type":"A","type":"B","data":{}}]}""", "/events/0/type")]
    [InlineData("""{"events":[{"t\u0079pe":"A","type":"B","data":{}}]}""", "/events/0/type")]
    [InlineData("""{"events":[{"type":"A","data":{}}],"events":[]}""", "/events")]
    [InlineData("""{"events":[{"type":"A","data":{}}],"metadata":[]}""", "/metadata")]
    [InlineData("""{"events":[{"type":"A","data":{}}],"metadata":{"actor":"me"}}""", "/metadata/actor")]
    [InlineData("""{"events":[{"type":"A","data":{}}],"metadata":{"correlationId":1,"source":null}}""", "/metadata/correlationId|/metadata/source")]
    [InlineData("""{"events":[{"type":"A","data":{}}],"metadata":{"source":"\ud800"}}""", "/metadata/source")]
    [InlineData("""{"events":[{"type":"A","data":{},"\ud800":1}]}""", "/events/0")]
    [InlineData("""{"events":[{"type":"\udc00","data":{}}]}""", "/events/0/type")]
    [InlineData("""{"events":[{"type":"A","data":{},"schemaVersion":0}]}""", "/events/0/schemaVersion")]
    [InlineData("""{"events":[{"type":"A","data":{},"schemaVersion":1.5}]}""", "/events/0/schemaVersion")]
    [InlineData("""{"events":[{"type":"A","data":{},"schemaVersion":"1"}]}""", "/events/0/schemaVersion")]
    [InlineData("""{"events":[{"type":"A","data":{},"schemaVersion":2147483648}]}""", "/events/0/schemaVersion")]
    [InlineData("""{"events":[{"type":"A","data":{},"occurredAt":"2026-11-23"}]}""", "/events/0/occurredAt")]
    [InlineData("""{"events":[{"type":"A","data":{},"occurredAt":"2026-11-23T10:00:00"}]}""", "/events/0/occurredAt")]
    [InlineData("""{"events":[{"type":"A","data":{},"occurredAt":1700000000}]}""", "/events/0/occurredAt")]
    [InlineData("""{"events":[{"type":"A","data":{},"eventId":"a:b:1"}]}""", "/events/0/eventId")]
    [InlineData("""{"events":[{"type":"A","data":{},"eventId":".."}]}""", "/events/0/eventId")]
    [InlineData("""{"events":[{"type":"A","data":{},"eventId":"x"},{"type":"A","data":{},"eventId":"x"}]}""", "/events/1/eventId")]
    [InlineData("""{"events":[{"type":"A","data":{},"metadata":"m"}]}""", "/events/0/metadata")]
    [InlineData("""{"events":[{"type":"A","data":{},"metadata":{"actor":"me"}}]}""", "/events/0/metadata/actor")]
    [InlineData("""{"events":[{"type":"A","data":{"n":12345678901234567890}}]}""", "/events/0/data/n")]
    [InlineData("""{"events":[{"type":"A","data":{"a":{"b":1e400}}}]}""", "/events/0/data/a/b")]
    [InlineData("""{"events":[{"type":"A","data":{},"metadata":{"a":{"b":-1e400}}}]}""", "/events/0/metadata/a/b")]
    [InlineData("""{"events":[{"type":"A","data":{"a":{"b":[0,"\ud800"]}}}]}""", "/events/0/data/a/b/1")]
    [InlineData("""{"events":[{"type":"A","data":{"a":1,"a":2}}]}""", "/events/0/data/a")]
    public async Task A_member_wrong_missing_twice_or_unknown_is_named_by_its_pointer(string body, string pointers)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.AppendAsync(body)).IsInvalidAt(pointers.Split('|'));

        Assert.Empty((await host.GetAsync(ApiHost.Stream)).Events);
    }

    [Theory]
    [InlineData(32, HttpStatusCode.Created)]
    [InlineData(33, HttpStatusCode.BadRequest)]
    [InlineData(100_000, HttpStatusCode.BadRequest)]
    public async Task Data_nests_32_levels_at_most(int levels, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        var arrays = "{\"a\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}";
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);

        foreach (var data in new[] { arrays, objects })
        {
            Assert.Equal(expected, (await host.AppendAsync($$"""{"events":[{"type":"A","data":{{data}}}]}""")).Status);
        }
    }

    [Theory]
    [InlineData("""{"events":[{"type":"A","data":{},"NAME":1}]}""", "/events/0/")]
    [InlineData("""{"events":[{"type":"A","data":{"NAME":1e400}}]}""", "/events/0/data/")]
    [InlineData("""{"NAME":1,"events":[{"type":"A","data":{}}]}""", "/")]
    public async Task A_name_as_long_as_the_body_is_not_sent_back(string body, string pointer)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.AppendAsync(body.Replace("NAME", new string('n', 900_000), StringComparison.Ordinal));

        answer.IsInvalidAt($"{pointer}{new string('n', 100)}...");
        Assert.InRange(answer.Text.Length, 1, 2_000);
    }

    [Fact]
    public async Task A_name_as_long_as_the_body_is_not_sent_back_by_any_operation_that_takes_one()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(ApiHost.OneEvent);
        foreach (var (method, url, length) in new[]
        {
            (HttpMethod.Put, "/api/v1/tenants/t1/streams/Requirement/req-1/snapshot", 900_000),
            (HttpMethod.Post, "/api/v1/tenants/t1/requirements", 900_000),
            (HttpMethod.Post, "/api/v1/tenants/t1/events/Requirement:req-1:1/redact", 8_000),
            (HttpMethod.Post, "/api/v1/tenants/t1/subscriptions/project-views/parked/Requirement:req-1/skip", 3_000),
        })
        {
            var answer = await host.SendAsync(method, url, $$"""{"{{new string('n', length)}}":1}""");

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(answer.Errors, static error => error.Key == $"/{new string('n', 100)}...");
            Assert.InRange(answer.Text.Length, 1, 5_000);
        }
    }

    [Fact]
    public async Task Of_very_many_mistakes_the_first_hundred_are_named()
    {
        await using var host = await ApiHost.StartAsync();
        var members = string.Join(',', Enumerable.Range(0, 5_000).Select(static i => $"\"m{i}\":1"));

        var answer = (await host.AppendAsync("{" + members + "}")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal(100, answer.Errors.Count);
        var other = await host.SendAsync(HttpMethod.Put, "/api/v1/tenants/t1/streams/Requirement/req-1/snapshot", "{" + members + "}");
        Assert.Equal(100, other.IsProblem(HttpStatusCode.BadRequest, "validation-failed").Errors.Count);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-8; charset=utf-16")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/*")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Only_json_is_a_supported_media_type(string? type)
    {
        await using var host = await ApiHost.StartAsync();

        (await SendAsync(host, Encoding.UTF8.GetBytes(ApiHost.OneEvent), type)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    public async Task Json_may_say_that_it_is_utf8(string type)
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await SendAsync(host, Encoding.UTF8.GetBytes(ApiHost.OneEvent), type)).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity, gzip")]
    public async Task A_content_coding_is_not_supported(string coding)
    {
        await using var host = await ApiHost.StartAsync();

        (await SendCodedAsync(host, coding)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    /// <summary>Names of codings are the same in any case (RFC 9110, section 8.4.1).</summary>
    [Theory]
    [InlineData("identity")]
    [InlineData("Identity")]
    public async Task The_coding_that_is_none_is_supported(string coding)
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await SendCodedAsync(host, coding)).Status);
    }

    [Theory]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("*/*, application/*;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("text/*, image/png", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("application/problem+json", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("text/html, application/*;q=0.1", HttpStatusCode.OK)]
    [InlineData("application/*;q=0, application/json", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task An_answer_in_json_must_be_acceptable(string accept, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(connect: context => context.Request.Headers.Accept = accept);

        Assert.Equal(expected, (await host.GetAsync(ApiHost.Stream)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_one_mebibyte_is_too_large_announced_or_counted(bool announced)
    {
        var store = new ScriptedEventStore();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        var body = Encoding.UTF8.GetBytes(ApiHost.OneEvent.PadRight((1024 * 1024) + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiHost.Stream)
        {
            Content = announced ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await host.SendAsync(request)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large");

        Assert.Null(store.Appended);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.Created)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Data_of_one_event_has_256_kibibytes_at_most(int over, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        var data = $$"""{"a":"{{new string('x', (256 * 1024) - 8 + over)}}"}""";

        var answer = await host.AppendAsync($$"""{"events":[{"type":"A","data":{{data}}}]}""");

        Assert.Equal(expected, answer.Status);
        Assert.Equal(over == 0, !answer.Text.Contains("/events/0/data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1_000, HttpStatusCode.Created)]
    [InlineData(1_001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task An_append_has_a_thousand_events_at_most(int count, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.AppendAsync($$"""{"events":[{{string.Join(',', Enumerable.Repeat("""{"type":"A","data":{}}""", count))}}]}""");

        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData("/api/v1/tenants/T1/streams/Requirement/req-1/events", "/path/tenantId")]
    [InlineData("/api/v1/tenants/-a/streams/Requirement/req-1/events", "/path/tenantId")]
    [InlineData("/api/v1/tenants/t1/streams/1x/a%2Fb/events", "/path/aggregateType|/path/aggregateId")]
    [InlineData("/api/v1/tenants/t1/streams/Requirement/a%20b/events", "/path/aggregateId")]
    [InlineData("/api/v1/tenants/t1/streams/Requirement/req-1/events?foo=1", "/query/foo")]
    public async Task A_route_or_query_that_names_nothing_is_refused(string url, string pointers)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.SendAsync(HttpMethod.Post, url, ApiHost.OneEvent)).IsInvalidAt(pointers.Split('|'));
    }

    private static async Task<ApiAnswer> SendCodedAsync(ApiHost host, string coding)
    {
        using var content = new StringContent(ApiHost.OneEvent, Encoding.UTF8, "application/json");
        content.Headers.Add("Content-Encoding", coding);
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiHost.Stream) { Content = content };
        return await host.SendAsync(request);
    }

    private static Task<ApiAnswer> SendAsync(ApiHost host, byte[] body, string? type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ApiHost.Stream) { Content = new ByteArrayContent(body) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return host.SendAsync(request);
    }

    /// <summary>A body of a length that nobody announces.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
