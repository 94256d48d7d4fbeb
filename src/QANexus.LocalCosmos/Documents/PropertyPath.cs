using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Documents;

/// <summary>
/// A path to a property as containers write it: <c>/a/b</c>, and <c>/"odd / name"/b</c> with a backslash before a quote or backslash.
/// </summary>
internal sealed record PropertyPath(IReadOnlyList<string> Segments)
{
    private static readonly SearchValues<char> s_needQuotes = SearchValues.Create("/\"'\\*?[] ");

    public static bool TryParse(string text, [NotNullWhen(true)] out PropertyPath? path)
    {
        var segments = new List<string>();
        var position = 0;
        while (position < text.Length)
        {
            if (text[position++] != '/' || position == text.Length || !TryReadSegment(text, ref position, out var segment))
            {
                path = null;
                return false;
            }

            segments.Add(segment);
        }

        path = segments.Count > 0 ? new PropertyPath(segments) : null;
        return path is not null;
    }

    /// <summary>The value at the path, or null where the document has none.</summary>
    public JsonElement? Find(JsonElement root)
    {
        var current = root;
        foreach (var segment in Segments)
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(segment, out current))
                return null;
        }

        return current;
    }

    public bool Equals(PropertyPath? other) => other is not null && Segments.SequenceEqual(other.Segments, StringComparer.Ordinal);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var segment in Segments)
            hash.Add(segment, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            text.Append('/');
            if (segment.AsSpan().IndexOfAny(s_needQuotes) < 0 && segment.Length > 0)
                text.Append(segment);
            else
                text.Append('"').Append(Escape(segment)).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string segment) =>
        segment.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static bool TryReadSegment(string text, ref int position, out string segment)
    {
        if (text[position] is '"' or '\'')
            return TryReadQuoted(text, ref position, out segment);
        var end = text.IndexOf('/', position);
        end = end < 0 ? text.Length : end;
        segment = text[position..end];
        position = end;
        return segment.Length > 0;
    }

    private static bool TryReadQuoted(string text, ref int position, out string segment)
    {
        var quote = text[position++];
        var content = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            if (text[position] == '\\')
                position++;
            if (position < text.Length)
                content.Append(text[position++]);
        }

        segment = content.ToString();
        return position++ < text.Length;
    }
}
