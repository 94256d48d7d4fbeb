using System.Globalization;
using QANexus.LocalHost.Importing;
using QANexus.LocalHost.Tests.Hosting;
using QANexus.LocalHost.Tests.Processes;

namespace QANexus.LocalHost.Tests.History;

/// <summary>
/// A host that the whole history was imported into, the hard way: killed in the middle of the import, started again on what it left, and
/// given the file once more.
/// </summary>
public sealed class ImportedHistory : IAsyncLifetime, IDisposable
{
    private const int AnswersBeforeTheKill = 1_000;

    private readonly TempFolder folder = new();
    private HostProcess? host;

    public HttpClient Client { get; } = new();

    /// <summary>What the import said that was cut off.</summary>
    public ImportReport? First { get; private set; }

    /// <summary>What the import said that finished.</summary>
    public ImportReport? Second { get; private set; }

    public async Task InitializeAsync()
    {
        if (HistoryFile.Path is null)
        {
            return;
        }

        await using (var killed = await StartAsync())
        {
            First = await ImportAsync(killed, new KillAfter(AnswersBeforeTheKill, killed.KillAsync));
        }

        host = await StartAsync();
        Second = await ImportAsync(host, new SocketsHttpHandler());
        Client.BaseAddress = host.ApiAddress;
    }

    /// <summary>Imports the history once more.</summary>
    public Task<ImportReport> ImportAgainAsync() => ImportAsync(host!, new SocketsHttpHandler());

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        folder.Dispose();
    }

    private Task<HostProcess> StartAsync() => HostProcess.StartAsync("--port", "0", "--cosmos-port", "0", "--data", folder.Path);

    private static async Task<ImportReport> ImportAsync(HostProcess target, HttpMessageHandler handler)
    {
        using (handler)
        {
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            var run = new ImportRun(handler, output, error, isTerminal: false, TimeProvider.System) { Retries = new RetryPolicy { Attempts = 3 } };
            var exitCode = await run.RunAsync(
                new ImportOptions { File = HistoryFile.Path!, BaseAddress = target.ApiAddress }, CancellationToken.None);
            return new ImportReport(exitCode, output.ToString(), error.ToString());
        }
    }

    /// <summary>Lets so many answers through, then does something about it.</summary>
    private sealed class KillAfter(int answers, Func<Task> kill) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int seen;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (Interlocked.Increment(ref seen) == answers)
            {
                await kill();
            }

            return response;
        }
    }
}
