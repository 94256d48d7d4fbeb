using System.Text;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>A LIKE pattern: <c>%</c> any text, <c>_</c> any character, <c>[a-c]</c> and <c>[^a-c]</c> one of or none of these.</summary>
internal sealed class LikePattern
{
    private readonly List<Part> _parts = [];

    private LikePattern(ReadOnlyMemory<byte> source) => Source = source;

    /// <summary>The text that was parsed.</summary>
    public ReadOnlyMemory<byte> Source { get; }

    /// <param name="source">The text.</param>
    /// <param name="escape">The character that takes the one behind it literally; without ESCAPE there is none.</param>
    public static LikePattern Parse(ReadOnlyMemory<byte> source, Rune? escape)
    {
        var pattern = new LikePattern(source);
        var rest = source.Span;
        while (!rest.IsEmpty)
        {
            var rune = Utf8Text.ReadRune(rest, out int length);
            rest = rest[length..];
            if (rune == escape)
            {
                // An escape of nothing matches nothing.
                pattern._parts.Add(rest.IsEmpty ? Part.Nothing : Part.One(Utf8Text.ReadRune(rest, out length)));
                rest = rest.IsEmpty ? rest : rest[length..];
            }
            else if (rune.Value == '[')
            {
                pattern._parts.Add(ParseSet(rest, out length));
                rest = rest[length..];
            }
            else
            {
                pattern._parts.Add(rune.Value switch { '%' => Part.AnyText, '_' => Part.AnyOne, _ => Part.One(rune) });
            }
        }

        return pattern;
    }

    /// <summary>Goes back only to the last <c>%</c>, so the work is at most the product of both lengths.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        int position = 0;
        int part = 0;
        int retryPosition = -1;
        int retryPart = -1;
        while (position < text.Length)
        {
            var rune = Utf8Text.ReadRune(text[position..], out int length);
            if (part < _parts.Count && _parts[part].IsAnyText)
            {
                retryPart = ++part;
                retryPosition = position;
            }
            else if (part < _parts.Count && _parts[part].Matches(rune))
            {
                part++;
                position += length;
            }
            else if (retryPart >= 0)
            {
                Utf8Text.ReadRune(text[retryPosition..], out length);
                retryPosition += length;
                position = retryPosition;
                part = retryPart;
            }
            else
            {
                return false;
            }
        }

        while (part < _parts.Count && _parts[part].IsAnyText)
            part++;
        return part == _parts.Count;
    }

    /// <summary>A set without an end, or without a member, matches nothing.</summary>
    private static Part ParseSet(ReadOnlySpan<byte> text, out int length)
    {
        length = text.IndexOf((byte)']') + 1;
        if (length <= 1)
            return Part.Nothing;
        Rune[] members = [.. Encoding.UTF8.GetString(text[..(length - 1)]).EnumerateRunes()];
        bool negated = members.Length > 1 && members[0].Value == '^';
        var ranges = new List<(Rune From, Rune To)>();
        for (int i = negated ? 1 : 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1].Value == '-')
                ranges.Add((members[i], members[i += 2]));
            else
                ranges.Add((members[i], members[i]));
        }

        return new Part(ranges, negated, false);
    }

    private sealed record Part(IReadOnlyList<(Rune From, Rune To)> Ranges, bool Negated, bool IsAnyText)
    {
        public static Part AnyText { get; } = new([], true, true);

        public static Part AnyOne { get; } = new([], true, false);

        public static Part Nothing { get; } = new([], false, false);

        public static Part One(Rune rune) => new([(rune, rune)], false, false);

        public bool Matches(Rune rune) => Ranges.Any(range => range.From <= rune && rune <= range.To) != Negated;
    }
}
