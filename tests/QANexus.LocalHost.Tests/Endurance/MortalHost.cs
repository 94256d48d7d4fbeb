using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using QANexus.LocalHost.Tests.Hosting;
using QANexus.LocalHost.Tests.Processes;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>A host whose process is killed again and again and started anew on the same data and ports, each time with the next faults.</summary>
internal sealed class MortalHost : IAsyncDisposable
{
    private readonly EndurancePlan plan;
    private readonly string data;
    private readonly string poison;
    private readonly Uri cosmos;
    private readonly HttpClient control = new();
    private readonly SemaphoreSlim undisturbed = new(1, 1);
    private readonly List<string> log = [];
    private HostProcess? process;

    public MortalHost(EndurancePlan plan, string data, string poison)
    {
        (this.plan, this.data, this.poison) = (plan, data, poison);
        (ApiAddress, cosmos) = (Loopback(FreePort.Next()), Loopback(FreePort.Next()));
    }

    public Uri ApiAddress { get; }

    public int Lives { get; private set; }

    /// <summary>Requests that went wrong, in the lives that are over.</summary>
    public long Faults { get; private set; }

    /// <summary>What the lives that are over have logged, a line each.</summary>
    public IReadOnlyList<string> Log => log;

    /// <summary>Lives and dies until it is told to stop, and then lives on.</summary>
    /// <param name="progress">What each life has to see done before it may end: on a busy machine it would do nothing else than begin.</param>
    /// <param name="stopping">Tells it.</param>
    public async Task RunAsync(Func<Task> progress, CancellationToken stopping)
    {
        while (true)
        {
            await StartAsync();
            try
            {
                await Task.WhenAll(Task.Delay(plan.NextLife(), stopping), progress().WaitAsync(stopping));
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await undisturbed.WaitAsync(CancellationToken.None);
            try
            {
                await KillAsync();
            }
            finally
            {
                undisturbed.Release();
            }
        }
    }

    /// <summary>Waits until it has lived so often.</summary>
    public async Task ReachAsync(int lives)
    {
        while (Lives < lives)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public async Task StartAsync()
    {
        process = await HostProcess.StartProgramAsync("QANexus.LocalHost.Tests.dll",
        [
            poison, "--data", data, "--port", Port(ApiAddress), "--cosmos-port", Port(cosmos), "--control-api", .. plan.FaultsOf(Lives),
        ]);
        Lives++;
    }

    public async Task KillAsync()
    {
        Faults += await CountFaultsAsync();
        await process!.KillAsync();
        log.AddRange(process.Error.Split(Environment.NewLine));
        await process.DisposeAsync();
        process = null;
    }

    /// <summary>Splits a physical partition of the events, in a life that is not cut short by it.</summary>
    /// <returns>The partitions there are now.</returns>
    public async Task<IReadOnlyList<string>> SplitAsync(string partition)
    {
        while (true)
        {
            await undisturbed.WaitAsync();
            try
            {
                using var answer = await control.PostAsJsonAsync(
                    new Uri(cosmos, "_local/splits"), new { database = "qanexus", container = "events", partitionKeyRangeId = partition });
                answer.EnsureSuccessStatusCode();
                var split = await answer.Content.ReadFromJsonAsync<JsonElement>();
                return [.. split.GetProperty("partitionKeyRangeIds").EnumerateArray().Select(static id => id.GetString()!)];
            }
            catch (HttpRequestException gone) when (gone.StatusCode is null)
            {
                // It is between two lives.
            }
            finally
            {
                undisturbed.Release();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        control.Dispose();
        undisturbed.Dispose();
    }

    private async Task<long> CountFaultsAsync()
    {
        var faults = await control.GetFromJsonAsync<JsonElement>(new Uri(cosmos, "_local/faults"));
        return faults.GetProperty("faults").EnumerateArray().Sum(static fault => fault.GetProperty("hits").GetInt64());
    }

    private static Uri Loopback(int port) => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;

    private static string Port(Uri address) => address.Port.ToString(CultureInfo.InvariantCulture);
}
