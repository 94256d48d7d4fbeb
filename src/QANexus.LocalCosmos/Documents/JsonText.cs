using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace QANexus.LocalCosmos.Documents;

/// <summary>
/// JSON from outside, checked so far that nothing which reads it later can throw: the framework's own parser accepts bytes that are not
/// UTF-8 and halves of surrogate pairs, and complains only when the string is taken out.
/// </summary>
internal static class JsonText
{
    /// <summary>Nesting limit of the service for documents.</summary>
    public const int MaxDepth = 128;

    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth };
    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>Whether the bytes are one JSON value all of whose strings can be read.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return false;
        try
        {
            var reader = new Utf8JsonReader(utf8, ReaderOptions);
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && !IsReadable(ref reader))
                    return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Parses into a document that the caller disposes.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = IsValid(utf8.Span) ? JsonDocument.Parse(utf8, DocumentOptions) : null;
        return document is not null;
    }

    /// <summary>Whether the escapes of the current string make a string.</summary>
    public static bool IsReadable(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
