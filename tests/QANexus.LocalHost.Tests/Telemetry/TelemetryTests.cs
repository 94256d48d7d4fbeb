using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Secret = "4111-1111-1111-1111";
    private const string Person = "ann.smith";
    private const string Stream = $"api/v1/tenants/acme/streams/Person/{Person}/events";
    private const string Body = $$$"""{"events":[{"type":"PersonRegistered","data":{"card":"{{{Secret}}}"}}]}""";

    [Fact]
    public async Task An_append_is_one_trace_from_the_request_to_the_database()
    {
        List<Activity> spans = [];
        var trace = ActivityTraceId.CreateRandom();
        await using (var receiver = await TelemetryReceiver.StartAsync())
        {
            await using var host = await StartAsync(
                receiver, services => services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(spans)));
            Assert.Equal(HttpStatusCode.Created, await AppendAsync(host, trace));
        }

        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var server = Assert.Single(ours, static span => span.Kind is ActivityKind.Server);
        var request = Assert.Single(ours, static span => span.OperationName == "append-events");
        var append = Assert.Single(ours, static span => span.OperationName == "store append");
        Assert.Equal(server.SpanId, request.ParentSpanId);
        Assert.Equal(request.SpanId, append.ParentSpanId);
        Assert.Contains(ours, span => span.Source.Name == "Azure.Cosmos.Operation" && span.ParentSpanId == append.SpanId);
        Assert.Equal("POST api/v1/tenants/{tenantId}/streams/{aggregateType}/{aggregateId}/events", server.DisplayName);
        Assert.Equal(201, request.GetTagItem("http.response.status_code"));
        Assert.Equal("appended", append.GetTagItem("qanexus.outcome"));
        Assert.IsType<double>(append.GetTagItem("qanexus.request_charge"));
        Assert.DoesNotContain(ours.SelectMany(static span => span.TagObjects), static tag => $"{tag.Value}".Contains(Person, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_store_does_is_measured()
    {
        List<Metric> metrics = [];
        await using (var receiver = await TelemetryReceiver.StartAsync())
        {
            await using var host = await StartAsync(
                receiver, services => services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddInMemoryExporter(metrics)));
            await AppendAsync(host, ActivityTraceId.CreateRandom());
        }

        var byName = metrics.ToLookup(static metric => metric.Name, StringComparer.Ordinal);
        Assert.Contains("append", TagsOf(byName["qanexus.store.duration"], "operation"));
        Assert.Contains("appended", TagsOf(byName["qanexus.store.duration"], "outcome"));
        Assert.Contains("append", TagsOf(byName["qanexus.store.request_charge"], "operation"));
        Assert.Contains("append-events", TagsOf(byName["qanexus.request.duration"], "operation"));
        Assert.NotEmpty(byName["qanexus.append.events"]);
    }

    [Fact]
    public async Task Requests_are_logged_with_their_trace_whatever_the_console_shows()
    {
        List<LogRecord> logs = [];
        var trace = ActivityTraceId.CreateRandom();
        await using (var receiver = await TelemetryReceiver.StartAsync())
        {
            await using var host = await StartAsync(
                receiver, services => services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddInMemoryExporter(logs)));
            await AppendAsync(host, trace);
        }

        var line = Assert.Single(logs, log => log.TraceId == trace && log.EventId.Id == 2200);
        Assert.Equal(LogLevel.Information, line.LogLevel);
        var named = line.Attributes!.ToDictionary(static attribute => attribute.Key, static attribute => attribute.Value, StringComparer.Ordinal);
        Assert.Equal("append-events", named["Operation"]);
        Assert.Equal("acme", named["Tenant"]);
        Assert.Equal(201, named["Status"]);
    }

    [Fact]
    public async Task Traces_metrics_and_logs_leave_over_OTLP_and_hold_nothing_of_a_payload_or_of_a_persons_id()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using (var host = await StartAsync(receiver))
        {
            using var client = new HttpClient { BaseAddress = host.ApiAddress };
            await AppendAsync(host, ActivityTraceId.CreateRandom());
            using var read = await client.GetAsync($"{Stream}?asOf={Secret}");
            using var refused = await client.PostAsync(Stream, new StringContent($"{{{Secret}", Encoding.UTF8, "application/json"));
            Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (read.StatusCode, refused.StatusCode));
        }

        Assert.Superset(
            new HashSet<string> { "/v1/traces", "/v1/metrics", "/v1/logs" },
            receiver.Received.Select(static request => request.Path).ToHashSet(StringComparer.Ordinal));
        var sent = receiver.Received.Select(static request => Encoding.Latin1.GetString(request.Body)).ToList();
        Assert.Contains(sent, static text => text.Contains("qanexus-local-host", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, static text => text.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(sent, static text => text.Contains(Person, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_collected_where_nobody_is_told()
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true },
            typeof(LocalHostApplication).Assembly.GetTypes(),
            static services => Assert.DoesNotContain(services, static service =>
                service.ServiceType == typeof(TracerProvider) || service.ServiceType == typeof(MeterProvider) || service.ServiceType == typeof(LoggerProvider)),
            CancellationToken.None);

        Assert.Equal(HttpStatusCode.Created, await AppendAsync(host, ActivityTraceId.CreateRandom()));
    }

    private static Task<LocalHostApplication> StartAsync(TelemetryReceiver receiver, Action<IServiceCollection>? configure = null) =>
        LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, MinimumLogLevel = LogLevel.None, Telemetry = receiver.Settings },
            typeof(LocalHostApplication).Assembly.GetTypes(), services => configure?.Invoke(services), CancellationToken.None);

    private static async Task<HttpStatusCode> AppendAsync(LocalHostApplication host, ActivityTraceId trace)
    {
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, Stream) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static HashSet<string?> TagsOf(IEnumerable<Metric> metrics, string name)
    {
        HashSet<string?> values = [];
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                foreach (var tag in point.Tags)
                {
                    if (tag.Key == name)
                    {
                        values.Add(tag.Value as string);
                    }
                }
            }
        }

        return values;
    }
}
