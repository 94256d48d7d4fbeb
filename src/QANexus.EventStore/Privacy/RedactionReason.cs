using System.Diagnostics.CodeAnalysis;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Privacy;

/// <summary>Why the data of an event is taken away. It is kept for ever, beside the event: never a place for the data itself.</summary>
/// <remarks>1-500 characters of well-formed text that is not blank.</remarks>
public readonly record struct RedactionReason
{
    /// <summary>Characters at most: few enough that a document whose every event is redacted stays far below the 2 MB that Cosmos DB takes.</summary>
    public const int MaxLength = 500;

    private readonly string? value;

    private RedactionReason(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is no reason.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default RedactionReason gives none.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RedactionReason result)
    {
        var valid = !string.IsNullOrWhiteSpace(text) && text.Length <= MaxLength && Token.IsWellFormed(text);
        result = valid ? new RedactionReason(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static RedactionReason Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"A reason is 1-{MaxLength} characters of text that is not blank.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
