using System.Buffers;

namespace QANexus.Domain.TestReports;

/// <summary>
/// Where in the markup a byte is, for encodings that keep ASCII as it is. Exact for well-formed XML; what is not well-formed the XML reader refuses.
/// </summary>
internal struct MarkupScanner
{
    // Control characters are always looked at: most of them must not come through.
    private static readonly byte[] Controls = [.. Enumerable.Range(0, 0x20).Select(static value => (byte)value).Except("\t\n\r"u8.ToArray())];
    private static readonly SearchValues<byte> OfText = SearchValues.Create([(byte)'<', .. Controls]);
    private static readonly SearchValues<byte> OfTags = SearchValues.Create([(byte)'>', (byte)'"', (byte)'\'', .. Controls]);
    private static readonly SearchValues<byte> OfTheRest = SearchValues.Create([(byte)'>', .. Controls]);

    private Place place;
    private int matched;
    private byte last;
    private byte beforeLast;

    private enum Place
    {
        Text,
        Opened,
        Declared,
        Tag,
        DoubleQuoted,
        SingleQuoted,
        Comment,
        Instruction,
        CharacterData,
    }

    /// <summary>Inside <c>&lt;![CDATA[ ... ]]&gt;</c>.</summary>
    public readonly bool IsInCharacterData => place == Place.CharacterData;

    /// <summary>Whether character data may be cut here: not where they may be about to end, nor within the end of a line.</summary>
    public readonly bool MayCutCharacterData => IsInCharacterData && last is not ((byte)']' or (byte)'\r');

    /// <summary>Passes over the bytes that change nothing, up to one that may; their number.</summary>
    public int Pass(ReadOnlySpan<byte> bytes)
    {
        var interesting = place switch
        {
            Place.Text => OfText,
            Place.Tag or Place.DoubleQuoted or Place.SingleQuoted => OfTags,
            Place.Comment or Place.Instruction or Place.CharacterData => OfTheRest,
            _ => null,
        };
        var passed = interesting is null ? 0 : bytes.IndexOfAny(interesting);
        passed = passed < 0 ? bytes.Length : passed;
        (beforeLast, last) = passed switch
        {
            0 => (beforeLast, last),
            1 => (last, bytes[0]),
            _ => (bytes[passed - 2], bytes[passed - 1]),
        };
        return passed;
    }

    public void Advance(byte next)
    {
        var before = place;
        place = place switch
        {
            Place.Text => next == '<' ? Place.Opened : Place.Text,
            Place.Opened => next switch { (byte)'?' => Place.Instruction, (byte)'!' => Place.Declared, _ => Place.Tag },
            Place.Declared => Declare(next),
            Place.Tag => next switch { (byte)'"' => Place.DoubleQuoted, (byte)'\'' => Place.SingleQuoted, (byte)'>' => Place.Text, _ => Place.Tag },
            Place.DoubleQuoted => next == '"' ? Place.Tag : Place.DoubleQuoted,
            Place.SingleQuoted => next == '\'' ? Place.Tag : Place.SingleQuoted,
            Place.Comment => next == '>' && last == '-' && beforeLast == '-' ? Place.Text : Place.Comment,
            Place.Instruction => next == '>' && last == '?' ? Place.Text : Place.Instruction,
            _ => next == '>' && last == ']' && beforeLast == ']' ? Place.Text : Place.CharacterData,
        };
        (beforeLast, last) = before == place ? (last, next) : ((byte)0, (byte)0);
    }

    /// <summary>After <c>&lt;!</c>: a comment, character data, or a document type, which is refused later.</summary>
    private Place Declare(byte next)
    {
        var text = "[CDATA["u8;
        if (next == '-' && matched <= 0)
        {
            matched--;
            return Ended(matched == -2, Place.Comment);
        }

        if (matched >= 0 && next == text[matched])
        {
            matched++;
            return Ended(matched == text.Length, Place.CharacterData);
        }

        return Ended(ended: true, Place.Tag);
    }

    private Place Ended(bool ended, Place next)
    {
        if (ended)
        {
            matched = 0;
        }

        return ended ? next : Place.Declared;
    }
}
