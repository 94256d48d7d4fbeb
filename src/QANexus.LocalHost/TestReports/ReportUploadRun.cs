using QANexus.LocalHost.Importing;
using QANexus.LocalHost.Terminal;

namespace QANexus.LocalHost.TestReports;

/// <summary>An import of reports as its user sees it: a line for every run, and one for every report that was refused.</summary>
/// <param name="handler">The way to the host.</param>
/// <param name="output">Takes the runs.</param>
/// <param name="error">Takes what goes wrong.</param>
/// <param name="time">Waits.</param>
internal sealed class ReportUploadRun(HttpMessageHandler handler, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>What a host may take for one report: longer than any front end of Azure lets it.</summary>
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(10);

    private readonly ProgressLine runs = new(output, isTerminal: false);
    private readonly ProgressLine problems = new(error, isTerminal: false);

    public RetryPolicy Retries { get; init; } = new();

    /// <returns>The exit code: those of <see cref="ImportRun"/>.</returns>
    public async Task<int> RunAsync(ReportUploadOptions options, CancellationToken stopping)
    {
        using var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = HostAnswer.WithSlash(options.BaseAddress), Timeout = LongestImport };
        try
        {
            if (await HostAnswer.FindProblemAsync(http, stopping) is { } problem)
            {
                problems.Write($"import-tests: {problem}");
                return ImportRun.Unusable;
            }

            return await SendAsync(new ReportClient(http, options, Retries, time), options.Files, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            problems.Write("import-tests: interrupted; importing again settles what became of the last report");
            return ImportRun.SomeFailed;
        }
    }

    private async Task<int> SendAsync(ReportClient client, IReadOnlyList<string> files, CancellationToken stopping)
    {
        var exitCode = ImportRun.AllImported;
        foreach (var file in files)
        {
            switch (await client.SendAsync(file, stopping))
            {
                case ReportOutcome.Imported imported:
                    foreach (var run in imported.Runs)
                    {
                        runs.Write($"{file}: {run}");
                    }

                    break;
                case ReportOutcome.Failed failed:
                    problems.Write($"{file}: {failed.Reason}");
                    exitCode = ImportRun.SomeFailed;
                    break;
            }
        }

        return exitCode;
    }
}
