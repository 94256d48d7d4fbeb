using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using QANexus.Benchmarks.Load;
using QANexus.LocalHost.Hosting;

namespace QANexus.Benchmarks.Tests.Load;

/// <summary>Short runs against a host of its own.</summary>
public sealed class LoadRunTests : IAsyncLifetime
{
    private LocalHostApplication host = null!;

    private LoadOptions Options => new()
    {
        Url = host.ApiAddress, Writers = 4, Streams = 8, Batch = 3, WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(1), ProcessId = Environment.ProcessId,
    };

    public async Task InitializeAsync() =>
        host = await LocalHostApplication.StartAsync(new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true }, CancellationToken.None);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Every_append_that_is_reported_is_stored()
    {
        var report = await RunAsync(Options with { Readers = 1 });

        Assert.Empty(report.Errors);
        Assert.Equal(0, report.Conflicts);
        Assert.True(report.Appends.Count > 0 && report.Reads.Count > 0);
        Assert.Equal(report.Appends.Count * 3, await CountEventsAsync());
        Assert.InRange(report.Appends.P50, 0.001, report.Appends.P999);
        Assert.InRange(report.Appends.P999, report.Appends.P50, report.Appends.Max);
        Assert.Equal(report.Appends.Count * 3 / report.Seconds, report.EventsPerSecond, precision: 6);
        Assert.True(report.Client.Cores > 0 && report.Host!.MemoryMiB > 1);
    }

    [Fact]
    public async Task Writers_of_one_stream_conflict_and_that_is_counted_apart()
    {
        var report = await RunAsync(Options with { Streams = 1 });

        Assert.Empty(report.Errors);
        Assert.True(report.Conflicts > 0);
        Assert.Equal(report.Appends.Count * 3, await CountEventsAsync());
    }

    [Fact]
    public async Task In_the_open_loop_as_many_appends_arrive_as_are_intended_and_a_late_one_counts_from_when_it_was_due()
    {
        // Far more than one writer can send: they queue, and the last of them waits for nearly all before it.
        var report = await RunAsync(Options with { Writers = 1, Rate = 100_000, Duration = TimeSpan.FromMilliseconds(2) });

        Assert.Equal(200, report.Appends.Count);
        Assert.Equal(600, await CountEventsAsync());
        Assert.InRange(report.Appends.Max, report.Seconds * 900, report.Seconds * 1_000 * 1.5);
        Assert.InRange(report.Appends.P50, report.Appends.Max / 10, report.Appends.Max);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_an_error_and_no_latency()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound, and not listening: nobody else gets the port, and nobody answers on it.
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var report = await RunAsync(Options with { Url = new Uri($"http://{taken.LocalEndPoint}/"), Duration = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(0, report.Appends.Count);
        Assert.True(report.Errors["ConnectionError"] > 0);
    }

    private static async Task<LoadReport> RunAsync(LoadOptions options)
    {
        using var client = new LoadClient(options);
        return await new LoadRun(options, client).RunAsync();
    }

    private async Task<long> CountEventsAsync()
    {
        using var http = new HttpClient { BaseAddress = host.ApiAddress };
        return (long)(await http.GetFromJsonAsync<JsonObject>("api/v1/tenants/load/event-count"))!["count"]!;
    }
}
