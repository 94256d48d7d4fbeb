using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>Which part of a stream to read.</summary>
public sealed record StreamReadOptions
{
    /// <summary>Events of one page where nothing is said.</summary>
    public const int DefaultMaxCount = 200;

    /// <summary>Events of one page at most.</summary>
    public const int LargestMaxCount = 1_000;

    /// <summary>The lowest version to return, from 1.</summary>
    public long FromVersion { get; init; } = 1;

    /// <summary>The highest version to return; null for the stream's last.</summary>
    public long? ToVersion { get; init; }

    /// <summary>Oldest or newest first. Backwards starts at <see cref="ToVersion"/> and ends at <see cref="FromVersion"/>.</summary>
    public ReadDirection Direction { get; init; }

    /// <summary>Events to return at most, 1 to <see cref="LargestMaxCount"/>.</summary>
    public int MaxCount { get; init; } = DefaultMaxCount;

    /// <summary>Only the commits before the first one that was stored after this time.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// Upcast or as stored. An event that is split counts as one towards <see cref="MaxCount"/> and is never cut apart; one that is dropped counts, too.
    /// </summary>
    public EventForm Form { get; init; }

    /// <summary>
    /// The answer must have reached this position: for readers of another process's write, which may lag. Waited for at most
    /// <see cref="AtLeastTimeout"/>.
    /// </summary>
    public StreamPosition? AtLeast { get; init; }

    /// <summary>How long a read waits for <see cref="AtLeast"/>.</summary>
    public static TimeSpan AtLeastTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal static void Check(StreamReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FromVersion, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.ToVersion ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxCount, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxCount, LargestMaxCount, nameof(options));
    }
}
