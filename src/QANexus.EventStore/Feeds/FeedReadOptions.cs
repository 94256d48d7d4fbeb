using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Feeds;

/// <summary>How to read a feed.</summary>
public sealed record FeedReadOptions
{
    /// <summary>Events of one page where nothing is said.</summary>
    public const int DefaultMaxCount = 200;

    /// <summary>Events that may be asked for at most.</summary>
    public const int LargestMaxCount = 1_000;

    /// <summary>
    /// Events that are enough, 1 to <see cref="LargestMaxCount"/>. A commit is never cut apart, so a page ends with the one that reaches this number.
    /// </summary>
    public int MaxCount { get; init; } = DefaultMaxCount;

    /// <summary>The form of the events.</summary>
    public EventForm Form { get; init; }

    /// <summary>How long to wait for an event where there is none yet; the read ends with the first one. Zero to <see cref="LongestWait"/>.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.Zero;

    /// <summary>How long a read may be asked to wait.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(60);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal static void Check(FeedReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxCount, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxCount, LargestMaxCount, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Wait, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Wait, LongestWait, nameof(options));
    }
}
