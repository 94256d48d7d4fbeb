using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Problems;

public sealed class ProblemTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public static TheoryData<string> GoldenNames => [.. Golden.Keys];

    private static IReadOnlyDictionary<string, Problem> Golden { get; } = new Dictionary<string, Problem>(StringComparer.Ordinal)
    {
        ["validation-failed"] = Problem.Invalid(
            new ProblemError("/events/0/type", "must be a string"), new ProblemError("/events/0/data", "is required"), new ProblemError("/events/0/type", "appears twice")),
        ["version-conflict"] = new(ProblemCode.VersionConflict, "The stream is at version 3.") { CurrentVersion = 3, CurrentETag = "\"3.2.AAAAAAAAAAA\"" },
        ["store-unavailable"] = new(ProblemCode.StoreUnavailable, "The outcome is not known.") { IdempotencyKey = "key-<é>" },
        ["internal-error"] = Failure.Translate(new InvalidOperationException("secret"), isStopping: false),
    };

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void A_problem_is_written_as_its_golden_file(string name)
    {
        var written = ProblemBody.Write(Golden[name], "/api/v1/tenants/t1/events", new RequestTrace("0af7651916cd43dd8448eb211c80319c", Trace));

        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Problems", "Golden", name + ".json"));
        Assert.Equal(golden.TrimEnd(), System.Text.Encoding.UTF8.GetString(written.Span));
    }

    [Fact]
    public void Every_code_stands_for_one_status_of_the_contract() =>
        Assert.Equal(
            "400 cursor-invalid, 400 malformed-request, 400 validation-failed, 401 unauthenticated, 403 forbidden, 404 not-found, 405 method-not-allowed, "
            + "406 not-acceptable, 409 invariant-violated, 409 transition-not-allowed, 412 version-conflict, 413 payload-too-large, 415 unsupported-media-type, 422 idempotency-key-reused, "
            + "422 schema-version-unknown, 429 throttled, 500 internal-error, 500 upcasting-failed, 503 store-unavailable",
            string.Join(", ", ProblemCode.All.Select(static code => $"{code.Status} {code.Code}").Order(StringComparer.Ordinal)));

    public static TheoryData<Exception, HttpStatusCode, string, string?> Failures => new()
    {
        { new StoreThrottledException(TimeSpan.FromMilliseconds(10)), HttpStatusCode.TooManyRequests, "throttled", "1" },
        { new StoreUnavailableException("secret", TimeSpan.FromSeconds(1.2)), HttpStatusCode.ServiceUnavailable, "store-unavailable", "2" },
        { new AppendOutcomeUnknownException(CommitId.Parse("key-9"), TimeSpan.FromSeconds(3), new IOException("secret")), HttpStatusCode.ServiceUnavailable, "store-unavailable", "3" },
        { new RedactionUnfinishedException(EventStore.Streams.EventId.At(StreamId.Parse("A:b"), 1), TimeSpan.FromSeconds(4), new IOException("secret")), HttpStatusCode.ServiceUnavailable, "store-unavailable", "4" },
        { new TenantClearUnfinishedException(TenantId.Parse("t1"), TimeSpan.FromSeconds(5), new IOException("secret")), HttpStatusCode.ServiceUnavailable, "store-unavailable", "5" },
        { new CorruptStreamException(StreamId.Parse("A:b"), "secret"), HttpStatusCode.InternalServerError, "internal-error", null },
        { new InvalidOperationException("secret"), HttpStatusCode.InternalServerError, "internal-error", null },
        { new UpcastingFailedException(EventType.Parse("A"), 1, "A v1 to v2", "it failed", new FormatException("secret")), HttpStatusCode.InternalServerError, "upcasting-failed", null },
        { new UnknownSchemaVersionException(EventType.Parse("A"), 3, 2), HttpStatusCode.UnprocessableEntity, "schema-version-unknown", null },
        { new FoldFailedException(StreamId.Parse("A:b"), 3, EventType.Parse("A"), "its fold threw FormatException", new FormatException("secret")), HttpStatusCode.InternalServerError, "internal-error", null },
        { new OperationCanceledException("secret"), HttpStatusCode.InternalServerError, "internal-error", null },
        { new BadHttpRequestException("secret", 400), HttpStatusCode.BadRequest, "malformed-request", null },
        { new BadHttpRequestException("secret", 413), HttpStatusCode.RequestEntityTooLarge, "payload-too-large", null },
        { new InvalidAppendException([new AppendViolation("/events", "must hold at least one event")]), HttpStatusCode.BadRequest, "validation-failed", null },
        { new InvalidAppendException([new AppendViolation("/a", "x"), new AppendViolation("/b", "y", IsTooLarge: true)]), HttpStatusCode.RequestEntityTooLarge, "payload-too-large", null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_the_store_throws_is_a_problem_that_tells_nothing_of_it(Exception failure, HttpStatusCode status, string code, string? retryAfter)
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(ScriptedEventStore.Failing(failure)));

        var answer = (await host.AppendAsync(headers: ("traceparent", Trace))).IsProblem(status, code);

        Assert.Equal(retryAfter, answer.Headers.GetValueOrDefault("Retry-After"));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", answer.Json.GetProperty("traceId").GetString());
        Assert.Equal(ApiHost.Stream, answer.Json.GetProperty("instance").GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_append_with_an_open_outcome_names_the_key_that_settles_it()
    {
        var failure = new AppendOutcomeUnknownException(CommitId.Parse("key-9"), TimeSpan.FromSeconds(1));
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(ScriptedEventStore.Failing(failure)));

        Assert.Equal("key-9", (await host.AppendAsync()).Json.GetProperty("idempotencyKey").GetString());
    }

    [Fact]
    public async Task An_unforeseen_failure_is_logged_with_its_trace_and_without_the_payload()
    {
        var failure = new InvalidOperationException("broken");
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(ScriptedEventStore.Failing(failure)));

        await host.AppendAsync("""{"events":[{"type":"A","data":{"name":"Grace Hopper"}}]}""", ("traceparent", Trace));

        var logged = Assert.Single(host.Logs.OfApi, static entry => entry.Level == LogLevel.Error);
        Assert.Equal((2000, failure), (logged.EventId, logged.Exception));
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", logged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Entries, static entry => entry.Message.Contains("Hopper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_stream_is_logged_as_critical()
    {
        var failure = new CorruptStreamException(StreamId.Parse("A:b"), "a gap");
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(ScriptedEventStore.Failing(failure)));

        await host.GetAsync(ApiHost.Stream);

        Assert.Contains(host.Logs.OfApi, entry => entry is { Level: LogLevel.Critical, EventId: 2001 } && entry.Exception == failure);
    }

    [Fact]
    public async Task A_client_that_has_gone_ends_its_request_quietly()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = new ScriptedEventStore
        {
            Read = async (_, cancellationToken) =>
            {
                entered.SetResult();
                await using var registration = cancellationToken.Register(left.SetResult);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("never");
            },
        };
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var client = new CancellationTokenSource();

        var call = host.Client.GetAsync(ApiHost.Stream, client.Token);
        await entered.Task;
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await left.Task;
        Assert.DoesNotContain(host.Logs.OfApi, static entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public void A_host_that_stops_tells_a_waiting_caller_to_try_again()
    {
        var answer = Failure.Translate(new OperationCanceledException(), isStopping: true);

        Assert.Equal(ProblemCode.StoreUnavailable, answer.Code);
        Assert.Contains(answer.Headers, static header => header is { Key: "Retry-After", Value: "1" });
    }
}
