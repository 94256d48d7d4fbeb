using System.Text;

namespace QANexus.Domain.TestReports;

/// <summary>Texts as they can be kept: bounded, without lone surrogates and without NUL.</summary>
internal static class ReportText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The beginning of <paramref name="text"/>; nothing where it says nothing.</summary>
    public static string? Keep(ReadOnlySpan<char> text, int maxLength)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        var kept = new StringBuilder(Math.Min(text.Length, maxLength));
        for (var index = 0; index < text.Length && kept.Length < maxLength; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                if (kept.Length + 2 > maxLength)
                {
                    break;
                }

                kept.Append(character).Append(text[++index]);
            }
            else
            {
                kept.Append(char.IsSurrogate(character) || character == '\0' ? Replacement : character);
            }
        }

        return kept.ToString();
    }

    /// <summary>The first line that says something.</summary>
    public static string? FirstLine(string? text, int maxLength)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
            {
                return Keep(line, maxLength);
            }
        }

        return null;
    }
}
