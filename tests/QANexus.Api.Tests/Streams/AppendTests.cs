using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Appending;

namespace QANexus.Api.Tests.Streams;

public sealed class AppendTests
{
    [Fact]
    public async Task Appending_answers_201_with_where_the_events_are()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.AppendAsync(
            """{"events":[{"type":"RequirementCreated","data":{}},{"eventId":"e-2","type":"RequirementApproved","data":{}}]}""", ("Idempotency-Key", "key-1"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(
            """
            {"tenantId":"t1","aggregateType":"Requirement","aggregateId":"req-1","commit":1,"version":2,"commitId":"key-1","storedAt":"2026-11-23T10:00:00Z","events":[{"eventId":"Requirement:req-1:1","version":1},{"eventId":"e-2","version":2}]}
            """,
            answer.Text);
        Assert.StartsWith("\"2.1.", answer.ETag, StringComparison.Ordinal);
        Assert.Equal("http://localhost" + ApiHost.Stream, answer.Headers["Location"]);
        Assert.Equal("1.25", answer.Headers["X-Request-Charge"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task Repeating_a_keyed_append_answers_200_with_the_same_body_whatever_its_precondition_says()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.AppendAsync(headers: ("Idempotency-Key", "key-1"));
        await host.AppendAsync("""{"events":[{"type":"Other","data":{}}]}""");

        var replay = await host.AppendAsync(headers: [("Idempotency-Key", "key-1"), ("If-None-Match", "*")]);

        Assert.Equal(HttpStatusCode.OK, replay.Status);
        Assert.Equal(first.Text, replay.Text);
        Assert.Equal(first.ETag, replay.ETag);
        Assert.Equal("true", replay.Headers["Idempotency-Replayed"]);
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_retry_comes_with_another_trace_and_is_the_same_append()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(headers: [("Idempotency-Key", "k"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]);

        var replay = await host.AppendAsync(headers: [("Idempotency-Key", "k"), ("traceparent", "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]);

        Assert.Equal(HttpStatusCode.OK, replay.Status);
    }

    [Fact]
    public async Task A_key_used_for_other_content_is_422_and_writes_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(headers: ("Idempotency-Key", "key-1"));

        var answer = await host.AppendAsync("""{"events":[{"type":"Other","data":{}}]}""", ("Idempotency-Key", "key-1"));

        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal("1.25", answer.Headers["X-Request-Charge"]);
        Assert.Equal([1L], (await host.GetAsync(ApiHost.Stream)).Versions);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_byte_for_byte()
    {
        await using var host = await ApiHost.StartAsync();
        const string Data = """{ "n" : 1.10, "text":"\u00e9é <&'\"> \\u0041 \/", "big":9007199254740991, "list":[ 1 , null,true ] }""";

        await host.AppendAsync($$$"""{"events":[{"type":"A","data":{{{Data}}},"metadata":{"z" :  [ 1,2 ]}}]}""");

        var read = await host.GetAsync(ApiHost.Stream);
        Assert.Contains($"\"data\":{Data},", read.Text, StringComparison.Ordinal);
        Assert.Contains("\"z\":[ 1,2 ]", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_the_trace_and_the_bodys_metadata_are_recorded_with_the_append()
    {
        var store = new ScriptedEventStore { Append = static (_, _) => Task.FromException<AppendResult>(new InvalidOperationException()) };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        await host.AppendAsync(
            """{"metadata":{"correlationId":"c","causationId":"d","source":"s"},"events":[{"type":"A","data":{}}]}""",
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        Assert.Equal(
            new AppendMetadata
            {
                Actor = "development", CorrelationId = "c", CausationId = "d", Source = "s", TraceParent = store.Appended!.Metadata.TraceParent,
            },
            store.Appended.Metadata);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", store.Appended.Metadata.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_append_that_names_no_transaction_reads_back_with_that_of_its_trace()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync(headers: ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var metadata = (await host.GetAsync(ApiHost.Stream)).Events[0].GetProperty("metadata");

        Assert.Equal(["actor", "correlationId", "traceparent"], metadata.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", metadata.GetProperty("correlationId").GetString());
    }

    [Fact]
    public async Task The_keys_of_the_answer_are_had_before_anything_is_written()
    {
        var store = new ScriptedEventStore();
        await using var host = await ApiHost.StartAsync(services => services
            .AddSingleton<IEventStore>(store)
            .AddSingleton<EventStore.Signing.ISigningKeys, UnavailableKeys>());

        (await host.AppendAsync()).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");

        Assert.Null(store.Appended);
    }

    [Fact]
    public async Task One_tenant_does_not_see_anothers_stream()
    {
        await using var host = await ApiHost.StartAsync();
        await host.AppendAsync();

        var other = await host.GetAsync(ApiHost.Stream.Replace("t1", "t2", StringComparison.Ordinal));

        Assert.Equal(JsonValueKind.Array, other.Json.GetProperty("value").ValueKind);
        Assert.Empty(other.Events);
        Assert.Equal(0, other.Json.GetProperty("version").GetInt64());
    }

    private sealed class UnavailableKeys : EventStore.Signing.ISigningKeys
    {
        public ValueTask<EventStore.Signing.SigningKeyRing> GetAsync(bool refresh, CancellationToken cancellationToken) =>
            throw new EventStore.Failures.StoreUnavailableException("no keys", TimeSpan.FromSeconds(1));
    }
}
