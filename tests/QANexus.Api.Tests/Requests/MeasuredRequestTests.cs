using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using QANexus.Api.Tests.Hosting;
using QANexus.Api.Tests.Structure;
using QANexus.EventStore.Telemetry;

namespace QANexus.Api.Tests.Requests;

public sealed class MeasuredRequestTests
{
    private const string Secret = "4111-1111-1111-1111";
    private const string Person = "ann.smith@example.com";

    [Fact]
    public async Task A_request_leaves_one_line_with_what_was_done()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.AppendAsync(ApiHost.OneEvent, ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var line = Assert.Single(host.Logs.OfApi, static entry => entry.EventId == 2200);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Matches(@"^append-events of t1: 201 in [0-9.]+ ms for [0-9.]+ RU, request 0af7651916cd43dd8448eb211c80319c$", line.Message);
    }

    [Theory]
    [InlineData("/api/v1/tenants/t1/nothing/" + Person, "no-operation of -: 404")]
    [InlineData("/api/v1/tenants/" + Person + "/events", "query-events of -: 400")]
    [InlineData("/api/v1/tenants/t1/streams/Person/" + Person + "/events?asOf=" + Person, "read-stream of t1: 400")]
    [InlineData("/api/v1/schemas", "list-schemas of -: 200")]
    [InlineData("/api/health/live", "health-live of -: 200")]
    public async Task Whatever_is_asked_leaves_a_line_that_names_nobody(string path, string expected)
    {
        await using var host = await ApiHost.StartAsync();

        await host.GetAsync(path);

        var line = Assert.Single(host.Logs.OfApi, static entry => entry.EventId == 2200);
        Assert.StartsWith(expected, line.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.OfApi, static entry => entry.Message.Contains("ann.smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_log_holds_a_payload_or_a_header_whatever_becomes_of_the_request()
    {
        await using var host = await ApiHost.StartAsync();
        var stream = $"/api/v1/tenants/t1/streams/Person/{Person}/events";
        string[] bodies =
        [
            $$$"""{"events":[{"type":"PersonRegistered","data":{"card":"{{{Secret}}}"}}]}""",
            $$$"""{"events":[{"type":"PersonRegistered","data":{"card":"{{{Secret}}}"}}],"{{{Secret}}}":1}""",
            $"\"{Secret}",
        ];

        foreach (var body in bodies)
        {
            await host.SendAsync(HttpMethod.Post, stream, body, ("Idempotency-Key", Secret), ("If-Match", $"\"{Secret}\""));
        }

        Assert.Equal(bodies.Length, host.Logs.OfApi.Count(static entry => entry.EventId == 2200));
        Assert.DoesNotContain(host.Logs.OfApi, static entry =>
            entry.Message.Contains(Secret, StringComparison.Ordinal) || entry.Message.Contains("ann.smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_is_a_span_within_its_callers_trace_and_the_events_carry_it_on()
    {
        using var spans = new RecordedSpans("append-events");
        await using var host = await ApiHost.StartAsync();

        await host.AppendAsync(ApiHost.OneEvent, ("traceparent", spans.TraceParent));

        var span = Assert.Single(spans.Ended);
        Assert.Equal(spans.TraceParent.Split('-')[1], span.TraceId.ToHexString());
        Assert.Equal("t1", span.GetTagItem("qanexus.tenant"));
        Assert.Equal(201, span.GetTagItem("http.response.status_code"));
        Assert.NotNull(span.GetTagItem("qanexus.request_charge"));
    }

    [Fact]
    public async Task Requests_are_counted_by_operation_and_status()
    {
        var seen = new ConcurrentBag<(string? Operation, int? Status)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: EventStoreTelemetry.Name, Name: "qanexus.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal);
            seen.Add((named["operation"] as string, named["http.response.status_code"] as int?));
        });
        listener.Start();
        await using var host = await ApiHost.StartAsync();

        await host.SendAsync(HttpMethod.Put, "/api/v1/tenants/t1/streams/Requirement/req-1/snapshot", "[]");

        Assert.Contains(("put-snapshot", 400), seen);
    }

    /// <summary>Of the name and the tag that the test above listens to.</summary>
    [Fact]
    public void The_alert_on_server_errors_asks_for_what_is_measured()
    {
        var alerts = File.ReadAllText(Path.Combine(Repository.Root.FullName, "infra", "modules", "alerts.bicep"));

        Assert.Contains(
            """where name == "qanexus.request.duration" and toint(customDimensions["http.response.status_code"]) >= 500 | summarize errors = sum(valueCount)""",
            alerts, StringComparison.Ordinal);
    }

    /// <summary>The spans of one operation that belong to one trace: other tests run meanwhile.</summary>
    private sealed class RecordedSpans : IDisposable
    {
        private readonly ActivityListener listener;

        public RecordedSpans(string name)
        {
            var trace = ActivityTraceId.CreateRandom();
            TraceParent = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";
            listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name is EventStoreTelemetry.Name or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                    options.Parent.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = activity =>
                {
                    if (activity.OperationName == name && activity.TraceId == trace)
                    {
                        Ended.Add(activity);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public string TraceParent { get; }

        public ConcurrentBag<Activity> Ended { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}
