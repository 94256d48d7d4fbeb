using System.Collections.Concurrent;

namespace QANexus.Benchmarks.Load;

/// <summary>What came of the requests that count.</summary>
internal sealed class LoadTally
{
    private readonly ConcurrentDictionary<string, long> errors = new(StringComparer.Ordinal);
    private long conflicts;

    /// <summary>Appends that were stored.</summary>
    public LatencyHistogram Appends { get; } = new();

    /// <summary>Reads that were answered.</summary>
    public LatencyHistogram Reads { get; } = new();

    /// <summary>Appends that another writer was faster than.</summary>
    public long Conflicts => Volatile.Read(ref conflicts);

    /// <summary>Everything else that was no success, by its status or the kind of failure.</summary>
    public IReadOnlyDictionary<string, long> Errors => errors;

    public void Conflicted() => Interlocked.Increment(ref conflicts);

    public void Failed(string kind) => errors.AddOrUpdate(kind, 1, static (_, count) => count + 1);
}
