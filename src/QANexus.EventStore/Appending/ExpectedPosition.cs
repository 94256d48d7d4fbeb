using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>What must be true of a stream for an append to happen.</summary>
public abstract record ExpectedPosition
{
    private ExpectedPosition()
    {
    }

    /// <summary>Append whatever the stream's position is.</summary>
    public static ExpectedPosition Any { get; } = new AnyPosition();

    /// <summary>The stream has no events yet.</summary>
    public static ExpectedPosition NoStream { get; } = new ExactPosition(StreamPosition.Start, IsTrusted: true);

    /// <summary>The stream has at least one event.</summary>
    public static ExpectedPosition StreamExists { get; } = new ExistingStream();

    /// <summary>The stream's last event has exactly this version; 0 is a stream without events.</summary>
    public static ExpectedPosition AtVersion(long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return version == 0 ? NoStream : new ExactVersion(version);
    }

    /// <summary>
    /// The stream ends exactly at <paramref name="position"/>, which the store itself returned, in this process or under its signature. Such a
    /// position was true once, so the append is one round trip: the write itself finds out whether it still is.
    /// </summary>
    /// <remarks>Never pass a position that somebody made up: use <see cref="Claimed"/>.</remarks>
    public static ExpectedPosition At(StreamPosition position) => new ExactPosition(position, IsTrusted: true);

    /// <summary>The stream ends exactly at <paramref name="position"/>, on the word of somebody who may be wrong: it is compared with the stream first.</summary>
    public static ExpectedPosition Claimed(StreamPosition position) =>
        new ExactPosition(position, IsTrusted: position == StreamPosition.Start);

    /// <inheritdoc cref="Any"/>
    public sealed record AnyPosition : ExpectedPosition;

    /// <inheritdoc cref="StreamExists"/>
    public sealed record ExistingStream : ExpectedPosition;

    /// <inheritdoc cref="AtVersion"/>
    public sealed record ExactVersion(long Version) : ExpectedPosition;

    /// <inheritdoc cref="At"/>
    public sealed record ExactPosition(StreamPosition Position, bool IsTrusted) : ExpectedPosition;
}
