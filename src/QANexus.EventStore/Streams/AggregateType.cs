using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>The kind of thing a stream tells about, <c>Requirement</c> for one.</summary>
/// <remarks>1-64 ASCII letters and digits, starting with a letter.</remarks>
public readonly record struct AggregateType
{
    private readonly string? value;

    private AggregateType(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default AggregateType names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AggregateType result)
    {
        var valid = text is not null && Token.IsName(text);
        result = valid ? new AggregateType(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static AggregateType Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid AggregateType: 1-64 ASCII letters and digits, starting with a letter.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
