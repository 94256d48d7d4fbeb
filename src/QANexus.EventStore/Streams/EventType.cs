using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>The name of a kind of event, <c>RequirementApproved</c> for one.</summary>
/// <remarks>1-64 ASCII letters and digits, starting with a letter.</remarks>
public readonly record struct EventType
{
    private readonly string? value;

    private EventType(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default EventType names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventType result)
    {
        var valid = text is not null && Token.IsName(text);
        result = valid ? new EventType(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static EventType Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid EventType: 1-64 ASCII letters and digits, starting with a letter.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
