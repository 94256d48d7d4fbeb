using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>The idempotency key of one append: appending the same content under the same key again stores nothing new, for ever. Scoped to the stream.</summary>
/// <remarks>1-255 visible ASCII characters.</remarks>
public readonly record struct CommitId
{
    private readonly string? value;

    private CommitId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default CommitId names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CommitId result)
    {
        var valid = text is not null && Token.IsVisibleAscii(text);
        result = valid ? new CommitId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static CommitId Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid CommitId: 1-255 visible ASCII characters.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
