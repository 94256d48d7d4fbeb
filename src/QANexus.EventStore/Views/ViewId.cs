using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Views;

/// <summary>The identity of a document of a view.</summary>
/// <remarks>1-250 of A-Z a-z 0-9 . _ ~ @ : and '-', but not '.', '..' or 'rebuild'.</remarks>
public readonly record struct ViewId
{
    /// <summary>Stands in the place of a document's id where the rebuild of the view is meant.</summary>
    public const string Rebuild = "rebuild";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~@:-");

    private readonly string? value;

    private ViewId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default ViewId names nothing.");

    /// <summary>The id of a stream's own document: <c>{aggregateType}:{aggregateId}</c>.</summary>
    public static ViewId Of(StreamId stream) => new(stream.ToString());

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ViewId result)
    {
        var valid = text is { Length: >= 1 and <= 250 } and not "." and not ".." and not Rebuild && !text.AsSpan().ContainsAnyExcept(Alphabet);
        result = valid ? new ViewId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static ViewId Parse(string text) => TryParse(text, out var result)
        ? result
        : throw new FormatException($"'{text}' is not a valid ViewId: 1-250 of A-Z a-z 0-9 . _ ~ @ : and '-', but not '.', '..' or '{Rebuild}'.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
