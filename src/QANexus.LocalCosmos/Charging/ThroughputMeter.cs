using System.Collections.Concurrent;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Charging;

/// <summary>
/// Throttling by provisioned throughput: every physical partition has its share of the container's, and saves no more than that of one second.
/// A request is let in while anything is left, as its charge is known only afterwards; what it took too much the next ones wait for.
/// </summary>
/// <param name="clock">The account's.</param>
/// <param name="defaultThroughput">What a container has that was created without; null for as much as it takes.</param>
internal sealed class ThroughputMeter(TimeProvider clock, int? defaultThroughput)
{
    private readonly ConcurrentDictionary<(uint Container, int Range), Bucket> _buckets = new();

    /// <summary>How long a request must wait, in whole milliseconds; null where it is let in.</summary>
    public TimeSpan? TimeToWait(Container container, PartitionKeyRange range)
    {
        if (Rate(container) is not { } rate)
            return null;
        var bucket = BucketOf(container, range, rate);
        lock (bucket)
        {
            bucket.Fill(rate, clock.GetUtcNow());
            return bucket.Left > 0 ? null : TimeSpan.FromMilliseconds(Math.Floor(-bucket.Left / rate * 1000) + 1);
        }
    }

    public void Charge(Container container, PartitionKeyRange range, double units)
    {
        if (Rate(container) is not { } rate)
            return;
        var bucket = BucketOf(container, range, rate);
        lock (bucket)
        {
            bucket.Fill(rate, clock.GetUtcNow());
            bucket.Left -= units;
        }
    }

    private double? Rate(Container container) => (double?)(container.Throughput ?? defaultThroughput) / container.Ranges.Length;

    private Bucket BucketOf(Container container, PartitionKeyRange range, double rate) =>
        _buckets.GetOrAdd((container.Number, range.Id), static (_, full) => new Bucket(full.rate, full.now), (rate, now: clock.GetUtcNow()));

    private sealed class Bucket(double left, DateTimeOffset filledAt)
    {
        private DateTimeOffset _filledAt = filledAt;

        public double Left { get; set; } = left;

        public void Fill(double rate, DateTimeOffset now)
        {
            // A clock that was set back gives nothing and takes nothing.
            if (now > _filledAt)
                Left = Math.Min(rate, Left + ((now - _filledAt).TotalSeconds * rate));
            _filledAt = now;
        }
    }
}
