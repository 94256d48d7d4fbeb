using System.Buffers;
using System.Text;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Positions in UTF-8 text counted in code points, as the language counts them.</summary>
internal static class Utf8Text
{
    public static int Length(ReadOnlySpan<byte> text)
    {
        int length = 0;
        foreach (byte unit in text)
            length += IsContinuation(unit) ? 0 : 1;
        return length;
    }

    /// <summary>The byte offset of a code point; the end where there are fewer.</summary>
    public static int Offset(ReadOnlySpan<byte> text, int codePoints)
    {
        for (int offset = 0; offset < text.Length; offset++)
        {
            if (!IsContinuation(text[offset]) && codePoints-- == 0)
                return offset;
        }

        return text.Length;
    }

    public static Rune ReadRune(ReadOnlySpan<byte> text, out int length) =>
        Rune.DecodeFromUtf8(text, out var rune, out length) == OperationStatus.Done ? rune : Rune.ReplacementChar;

    private static bool IsContinuation(byte unit) => (unit & 0xC0) == 0x80;
}
