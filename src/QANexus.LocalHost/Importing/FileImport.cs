using System.Threading.Channels;

namespace QANexus.LocalHost.Importing;

/// <summary>
/// Appends the lines of one file: several streams at a time, each stream in the order of the file, and never more of the file in memory than
/// <see cref="ImportLimits"/> allow. For one run.
/// </summary>
internal sealed class FileImport(AppendClient client, ImportLimits limits, ImportTally tally, IImportJournal journal, TimeProvider time) : IDisposable
{
    /// <summary>What appends under way are given to finish once the import is broken off.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Channel<StreamQueue> ready = Channel.CreateUnbounded<StreamQueue>();
    private readonly StreamQueues queues = new(limits.RememberedStreams);
    private readonly ImportWindow window = new(limits.WindowLines, limits.WindowBytes);
    private readonly CancellationTokenSource breakOff = new();
    private readonly CancellationTokenSource abort = new(Timeout.InfiniteTimeSpan, time);
    private string? brokenOffBecause;
    private int unanswered;

    /// <param name="file">The file's bytes.</param>
    /// <param name="concurrency">Appends under way at a time.</param>
    /// <param name="stopping">Breaks off: what is under way finishes, nothing else begins.</param>
    /// <returns>Why the import ended before the file did; null if it did not.</returns>
    public async Task<string?> RunAsync(Stream file, int concurrency, CancellationToken stopping)
    {
        await using var interruption = stopping.Register(() => BreakOff("interrupted"));
        using var fault = new CancellationTokenSource();
        var read = ReadAsync(file, fault.Token);
        try
        {
            await Parallel.ForEachAsync(
                ready.Reader.ReadAllAsync(CancellationToken.None),
                new ParallelOptions { MaxDegreeOfParallelism = concurrency },
                (queue, _) => SettleFirstAsync(queue));
        }
        catch
        {
            await fault.CancelAsync();
            throw;
        }
        finally
        {
            await read;
        }

        return brokenOffBecause;
    }

    public void Dispose()
    {
        breakOff.Dispose();
        abort.Dispose();
    }

    private async Task ReadAsync(Stream file, CancellationToken fault)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(breakOff.Token, fault);
        try
        {
            await foreach (var line in new LineReader(file, limits.LineBytes).ReadAsync(stop.Token))
            {
                await TakeAsync(line, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was read is settled all the same: the workers see that the import is broken off.
        }
        catch (IOException failure)
        {
            BreakOff($"the file cannot be read any further ({failure.Message})");
        }

        try
        {
            await window.WaitUntilEmptyAsync(fault);
        }
        catch (OperationCanceledException) when (fault.IsCancellationRequested)
        {
            // Nobody is left to settle anything.
        }

        ready.Writer.Complete();
    }

    private async Task TakeAsync(TextLine line, CancellationToken cancellationToken)
    {
        if (!line.IsTooLong && line.Utf8.Span.Trim(" \t\r"u8).IsEmpty)
        {
            tally.Blank(line.FileBytes);
        }
        else if (ImportLineParser.TryParse(line, out var append, out var problem))
        {
            await window.EnterAsync(append.FileBytes, cancellationToken);
            if (queues.Add(append) is { } queue)
            {
                ready.Writer.TryWrite(queue);
            }
        }
        else
        {
            Fail(line.Number, line.FileBytes, problem);
        }
    }

    private async ValueTask SettleFirstAsync(StreamQueue queue)
    {
        var line = queues.First(queue);
        await SettleAsync(queue, line);
        if (queues.HandBack(queue))
        {
            ready.Writer.TryWrite(queue);
        }

        window.Leave(line.FileBytes);
    }

    private async Task SettleAsync(StreamQueue queue, ImportLine line)
    {
        if (breakOff.IsCancellationRequested)
        {
            tally.NotAttempted(line.FileBytes);
            return;
        }

        if (queue.StoppedAtLine is { } stoppedAt)
        {
            tally.NotAttempted(line.FileBytes);
            journal.LineNotAttempted(line.Number, $"line {stoppedAt} of the same stream failed");
            return;
        }

        try
        {
            Settle(queue, line, await client.AppendAsync(line, queue.Position, breakOff.Token, abort.Token));
        }
        catch (OperationCanceledException) when (breakOff.IsCancellationRequested)
        {
            Fail(line.Number, line.FileBytes, "broken off before its outcome was known; importing again settles it");
        }
    }

    private void Settle(StreamQueue queue, ImportLine line, AppendOutcome outcome)
    {
        if (outcome is not AppendOutcome.Unanswered)
        {
            Interlocked.Exchange(ref unanswered, 0);
        }

        switch (outcome)
        {
            case AppendOutcome.Stored stored:
                queue.Position = stored.Position;
                tally.Stored(line, stored.IsReplay);
                break;
            case AppendOutcome.Refused refused:
                Fail(line.Number, line.FileBytes, refused.Reason);
                break;
            case AppendOutcome.Failed failed:
                queue.StoppedAtLine = line.Number;
                Fail(line.Number, line.FileBytes, failed.Reason);
                break;
            case AppendOutcome.Unanswered nothing:
                queue.StoppedAtLine = line.Number;
                Fail(line.Number, line.FileBytes, nothing.Reason);
                if (Interlocked.Increment(ref unanswered) >= limits.UnansweredLines)
                {
                    BreakOff("the server has stopped answering");
                }

                break;
        }
    }

    private void Fail(long line, long fileBytes, string reason)
    {
        tally.Failed(fileBytes);
        journal.LineFailed(line, reason);
    }

    private void BreakOff(string reason)
    {
        Interlocked.CompareExchange(ref brokenOffBecause, reason, null);
        abort.CancelAfter(Grace);
        breakOff.Cancel();
    }
}
