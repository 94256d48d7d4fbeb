using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Telemetry;

/// <summary>What infra/modules/alerts.bicep stands on: how metrics look when they arrive in Application Insights.</summary>
public sealed class ApplicationInsightsTests
{
    [Fact]
    public async Task A_histogram_arrives_with_its_count_and_its_extremes_and_its_tags_as_texts()
    {
        var metrics = await ExportAsync();

        // Hosts of other tests measure into the same instruments.
        Assert.Contains(metrics, static metric => NameOf(metric) == "qanexus.request.duration"
            && metric.GetProperty("properties").GetProperty("operation").GetString() == "read-bug"
            && metric.GetProperty("properties").GetProperty("http.response.status_code").GetString() == "404"
            && metric.GetProperty("metrics")[0] is var point
            && point.GetProperty("count").GetInt32() > 0
            && point.GetProperty("max").GetDouble() is > 0 and var longest && longest <= point.GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_gauge_arrives_as_a_value_alone()
    {
        var metrics = await ExportAsync(static () =>
        {
            using var meter = new Meter("QANexus.EventStore");
            meter.CreateGauge<long>("qanexus.test.gauge").Record(7);
        });

        var point = Assert.Single(metrics, static metric => NameOf(metric) == "qanexus.test.gauge").GetProperty("metrics")[0];
        Assert.Equal(7, point.GetProperty("value").GetInt32());
        Assert.False(point.TryGetProperty("max", out _));
    }

    /// <summary>The metrics that a host sends which has answered one request.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ExportAsync(Action? measure = null)
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        var options = new LocalHostOptions
        {
            Port = 0, CosmosPort = 0, InMemory = true, MinimumLogLevel = LogLevel.None, Telemetry = receiver.ApplicationInsightsSettings,
        };
        await using (var host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            using var client = new HttpClient { BaseAddress = host.ApiAddress };
            using var answer = await client.GetAsync("api/v1/tenants/acme/bugs/none");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            measure?.Invoke();
        }

        return
        [
            .. receiver.Received.Where(static request => request.Path.EndsWith("/track", StringComparison.Ordinal))
                .SelectMany(static request => LinesOf(request.Body))
                .Select(static line => line.GetProperty("data"))
                .Where(static data => data.GetProperty("baseType").GetString() == "MetricData")
                .Select(static data => data.GetProperty("baseData")),
        ];
    }

    private static string? NameOf(JsonElement metric) => metric.GetProperty("metrics")[0].GetProperty("name").GetString();

    private static IEnumerable<JsonElement> LinesOf(byte[] body)
    {
        Stream text = new MemoryStream(body);
        if (body is [0x1f, 0x8b, ..])
        {
            text = new GZipStream(text, CompressionMode.Decompress);
        }

        using var reader = new StreamReader(text, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement.Clone();
        }
    }
}
