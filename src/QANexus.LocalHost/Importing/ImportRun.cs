using System.Globalization;
using QANexus.LocalHost.Terminal;

namespace QANexus.LocalHost.Importing;

/// <summary>An import as its user sees it: what is wrong, how far it is, and what came of it.</summary>
/// <param name="handler">The way to the host.</param>
/// <param name="output">Takes the summary.</param>
/// <param name="error">Takes progress and what goes wrong.</param>
/// <param name="isTerminal">Somebody looks at <paramref name="error"/> as it is written.</param>
/// <param name="time">Measures and waits.</param>
internal sealed class ImportRun(HttpMessageHandler handler, TextWriter output, TextWriter error, bool isTerminal, TimeProvider time) : IImportJournal
{
    public const int AllImported = 0;
    public const int SomeFailed = 1;
    public const int Unusable = 2;

    private readonly ProgressLine progress = new(error, isTerminal);
    private readonly ImportTally tally = new();

    public RetryPolicy Retries { get; init; } = new();

    public ImportLimits Limits { get; init; } = new();

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ImportOptions options, CancellationToken stopping)
    {
        await using var file = TryOpen(options.File);
        if (file is null)
        {
            return Unusable;
        }

        using var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = HostAnswer.WithSlash(options.BaseAddress) };
        var client = new AppendClient(http, Retries, time);
        try
        {
            if (await HostAnswer.FindProblemAsync(http, stopping) is { } problem)
            {
                progress.Write($"import: {problem}");
                return Unusable;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return SomeFailed;
        }

        return await ImportAsync(file, client, options.Concurrency, stopping);
    }

    void IImportJournal.LineFailed(long line, string reason) =>
        progress.Write(string.Create(CultureInfo.InvariantCulture, $"line {line}: {reason}"));

    void IImportJournal.LineNotAttempted(long line, string reason) =>
        progress.Write(string.Create(CultureInfo.InvariantCulture, $"line {line}: not attempted: {reason}"));

    private async Task<int> ImportAsync(FileStream file, AppendClient client, int concurrency, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        using var import = new FileImport(client, Limits, tally, this, time);
        var totalBytes = file.CanSeek ? file.Length : (long?)null;
        string? brokenOff;
        using (var finished = new CancellationTokenSource())
        {
            var showing = ShowProgressAsync(totalBytes, start, finished.Token);
            brokenOff = await import.RunAsync(file, concurrency, stopping);
            await finished.CancelAsync();
            await showing;
        }

        progress.Show(ImportProgress.Describe(tally.Counts, totalBytes, time.GetElapsedTime(start)));
        progress.End();
        if (brokenOff is not null)
        {
            progress.Write($"import: broken off: {brokenOff}");
        }

        ImportSummary.Write(output, tally, time.GetElapsedTime(start));
        return brokenOff is null && tally.Counts is { Failed: 0, NotAttempted: 0 } ? AllImported : SomeFailed;
    }

    private async Task ShowProgressAsync(long? totalBytes, long start, CancellationToken finished)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(isTerminal ? 0.2 : 5), time);
        try
        {
            while (await timer.WaitForNextTickAsync(finished))
            {
                progress.Show(ImportProgress.Describe(tally.Counts, totalBytes, time.GetElapsedTime(start)));
            }
        }
        catch (OperationCanceledException)
        {
            // The import is over.
        }
    }

    private FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(
                path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0, Share = FileShare.ReadWrite });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            progress.Write($"import: cannot read '{path}' ({failure.Message})");
            return null;
        }
    }
}
