using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>The identity of an aggregate among those of its type.</summary>
/// <remarks>1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'.</remarks>
public readonly record struct AggregateId
{
    private readonly string? value;

    private AggregateId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default AggregateId names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AggregateId result)
    {
        var valid = text is not null && Token.IsId(text);
        result = valid ? new AggregateId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static AggregateId Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid AggregateId: 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
