using System.Diagnostics.CodeAnalysis;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>A client's name for the shape of the state in its snapshot.</summary>
/// <remarks>1-128 visible ASCII characters.</remarks>
public readonly record struct SnapshotSchema
{
    private const int MaxLength = 128;

    private readonly string? value;

    private SnapshotSchema(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which names nothing.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default SnapshotSchema names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SnapshotSchema result)
    {
        var valid = text is { Length: <= MaxLength } && Token.IsVisibleAscii(text);
        result = valid ? new SnapshotSchema(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static SnapshotSchema Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid SnapshotSchema: 1-128 visible ASCII characters.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
