using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QANexus.EventStore.Streams;

/// <summary>
/// The identity of an event: either the caller's own (1-128 of <c>A-Z a-z 0-9 . _ ~ @ -</c>, never a colon) or, where the caller brought
/// none, <c>{aggregateType}:{aggregateId}:{version}</c>, which is unique in the tenant and found without an index.
/// </summary>
public readonly record struct EventId
{
    private readonly string? value;

    private EventId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default EventId names nothing.");

    /// <summary>The id of an event that brought none of its own.</summary>
    public static EventId At(StreamId stream, long version) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{stream}{StreamId.Separator}{version}"));

    /// <summary>Whether <paramref name="text"/> can be an id that a caller gives an event; never throws.</summary>
    public static bool TryParseOwn([NotNullWhen(true)] string? text, out EventId result)
    {
        var valid = text is not null && Token.IsId(text);
        result = valid ? new EventId(text!) : default;
        return valid;
    }

    /// <summary>Whether <paramref name="text"/> is an event id of either form; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventId result)
    {
        if (TryParseOwn(text, out result))
        {
            return true;
        }

        result = text is null ? default : new EventId(text);
        if (text is not null && result.TryGetVersion(out _, out _))
        {
            return true;
        }

        result = default;
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
