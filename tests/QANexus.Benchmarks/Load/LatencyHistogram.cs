using System.Diagnostics;
using System.Numerics;

namespace QANexus.Benchmarks.Load;

/// <summary>
/// Latencies from 1 µs to more than an hour in 40 KB, however many: each is counted in a bucket whose width is at most a 128th of its value, so that a
/// percentile is right to 0.8 %. Safe to record from many threads.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BucketBits = 7;
    private const int Buckets = 1 << BucketBits;
    private const int Magnitudes = 64 - BucketBits;

    private readonly long[] counts = new long[(Magnitudes + 1) * Buckets];
    private long total;
    private long max;

    /// <summary>Latencies recorded.</summary>
    public long Count => Volatile.Read(ref total);

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Max => TimeSpan.FromMicroseconds(Volatile.Read(ref max));

    /// <summary>Records the time from a timestamp of <see cref="Stopwatch"/> until now.</summary>
    public void RecordSince(long started) => Record(Stopwatch.GetElapsedTime(started));

    public void Record(TimeSpan latency)
    {
        var microseconds = Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref counts[IndexOf(microseconds)]);
        Interlocked.Increment(ref total);
        for (var seen = Volatile.Read(ref max); microseconds > seen;)
        {
            var before = Interlocked.CompareExchange(ref max, microseconds, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>The latency that this share of all did not exceed, rounded up to the end of its bucket; zero where nothing was recorded.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    public TimeSpan Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        var seen = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            seen += Volatile.Read(ref counts[index]);
            if (seen >= rank && seen > 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(LastOf(index), Volatile.Read(ref max)));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>The first 128 values have a bucket each; from there on every doubling has 128 buckets.</summary>
    private static int IndexOf(long value)
    {
        if (value < Buckets)
        {
            return (int)value;
        }

        var magnitude = BitOperations.Log2((ulong)value) - BucketBits;
        return ((magnitude + 1) * Buckets) + (int)((value >> magnitude) - Buckets);
    }

    private static long LastOf(int index)
    {
        if (index < Buckets)
        {
            return index;
        }

        var magnitude = (index / Buckets) - 1;
        return (((long)(index % Buckets) + Buckets + 1) << magnitude) - 1;
    }
}
