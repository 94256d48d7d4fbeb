using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QANexus.EventStore.Streams;

/// <summary>
/// The identity of an event: either the caller's own (1-128 of <c>A-Z a-z 0-9 . _ ~ @ -</c>, never a colon) or, where the caller brought
/// none, <c>{aggregateType}:{aggregateId}:{version}</c>, which is unique in the tenant and found without an index. An event that upcasting splits
/// has parts, <c>{eventId}.{n}</c>.
/// </summary>
public readonly record struct EventId
{
    /// <summary>The longest id that the store gives, and room for the numbers of parts.</summary>
    private const int MaxLength = 512;

    private readonly string? value;

    private EventId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default EventId names nothing.");

    /// <summary>The id of an event that brought none of its own.</summary>
    public static EventId At(StreamId stream, long version) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{stream.AggregateType.Value}{StreamId.Separator}{stream.AggregateId.Value}{StreamId.Separator}{version}"));

    /// <summary>Whether <paramref name="text"/> can be an id that a caller gives an event; never throws.</summary>
    public static bool TryParseOwn([NotNullWhen(true)] string? text, out EventId result)
    {
        var valid = text is not null && Token.IsId(text);
        result = valid ? new EventId(text!) : default;
        return valid;
    }

    /// <summary>Whether <paramref name="text"/> is an event id of either form, or that of a part of an event; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventId result)
    {
        if (TryParseOwn(text, out result))
        {
            return true;
        }

        result = text is { Length: <= MaxLength } ? new EventId(text) : default;
        for (EventId? id = result; id is { value: not null } candidate; id = candidate.Whole)
        {
            if (candidate.CanBeStored)
            {
                return true;
            }
        }

        result = default;
        return false;
    }

    /// <summary>The id of the <paramref name="number"/>th part, from 1, of an event that is split.</summary>
    internal static EventId Part(EventId whole, int number) => new(string.Create(CultureInfo.InvariantCulture, $"{whole.Value}.{number}"));

    /// <summary>The event that this would be a part of, if its text ends like that of a part. A caller's own id may end so and be none.</summary>
    internal EventId? Whole
    {
        get
        {
            var dot = value?.LastIndexOf('.') ?? -1;
            return dot > 0
                && dot + 1 < value!.Length && value[dot + 1] is >= '1' and <= '9'
                && int.TryParse(value.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? new EventId(value[..dot])
                : null;
        }
    }

    /// <summary>Whether an event can be stored under it: only ids that the store gives have a colon in them, and those end with a version.</summary>
    internal bool CanBeStored => TryParseOwn(value, out _) || TryGetVersion(out _, out _);

    /// <summary>Whether this is the id of a part of <paramref name="other"/>, or of a part of such a part.</summary>
    internal bool IsPartOf(EventId other)
    {
        for (var whole = Whole; whole is { } found; whole = found.Whole)
        {
            if (found == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the event is, if the id is of the form that the store gives.</summary>
    public bool TryGetVersion(out StreamId stream, out long version)
    {
        (stream, version) = (default, 0);
        var separator = value?.LastIndexOf(StreamId.Separator) ?? -1;
        return separator > 0
            && separator + 1 < value!.Length && value[separator + 1] is >= '1' and <= '9'
            && long.TryParse(value.AsSpan(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && StreamId.TryParse(value[..separator], out stream);
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
