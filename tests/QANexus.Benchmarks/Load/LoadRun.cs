using System.Diagnostics;

namespace QANexus.Benchmarks.Load;

/// <summary>
/// Sends load to a host for a while and measures the answers. In the open loop appends arrive at a constant rate whatever the host does: each latency
/// counts from the time that the append was to be sent at, so that a host that stalls is charged for all who would have waited, and not for one.
/// </summary>
internal sealed class LoadRun(LoadOptions options, LoadClient client)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly LoadTally tally = new();
    private long arrivals;

    private long CountsFrom => start + Ticks(options.WarmUp);

    private long End => CountsFrom + Ticks(options.Duration);

    public async Task<LoadReport> RunAsync()
    {
        using var usage = new ResourceUsage(options.ProcessId);
        var traffic = Enumerable.Range(0, options.Writers).Select(WriteAsync).Concat(Enumerable.Range(0, options.Readers).Select(ReadAsync)).ToList();
        await Task.Delay(options.WarmUp);
        usage.Start();
        await Task.WhenAll(traffic);
        usage.Stop();
        return LoadReport.Of(options, tally, usage);
    }

    private async Task WriteAsync(int writer)
    {
        await Task.Yield();
        for (var turn = 0L; await NextAsync() is { } started; turn++)
        {
            // Each writer has streams of its own, as long as there are enough.
            var stream = client.Streams[(int)((writer + (turn * options.Writers)) % client.Streams.Count)];
            await client.AppendAsync(stream, started, TallyAt(started));
        }
    }

    private async Task ReadAsync(int reader)
    {
        await Task.Yield();
        for (var turn = 0L; Stopwatch.GetTimestamp() is var now && now < End; turn++)
        {
            await client.ReadAsync(client.Streams[(int)((reader + (turn * options.Readers)) % client.Streams.Count)], now, TallyAt(now));
        }
    }

    /// <summary>Waits until the next append is to be sent.</summary>
    /// <returns>When it was to be sent; null where the run is over.</returns>
    private async ValueTask<long?> NextAsync()
    {
        if (options.Rate is not { } rate)
        {
            return Stopwatch.GetTimestamp() is var now && now < End ? now : null;
        }

        var intended = start + (long)((Interlocked.Increment(ref arrivals) - 1) * Stopwatch.Frequency / rate);
        if (intended >= End)
        {
            return null;
        }

        var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), intended);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early);
        }

        return intended;
    }

    private LoadTally? TallyAt(long started) => started >= CountsFrom ? tally : null;

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
