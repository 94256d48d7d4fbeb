using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Streams;

/// <summary>What a caller says a stream's position is: <c>version</c>, <c>version.commit</c> or <c>version.commit.tag</c>, the opaque part of an ETag.</summary>
/// <param name="Version">Version of the last event.</param>
/// <param name="Commit">Number of the last commit, if given.</param>
/// <param name="Tag">What may prove the two, if given.</param>
internal readonly record struct PositionClaim(long Version, long? Commit, string? Tag)
{
    private const int MaxTagLength = 64;

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The position claimed; a commit that is not named is not compared, as any stream has reached 0.</summary>
    public StreamPosition Position => new(Commit ?? 0, Version);

    /// <summary>Reads the text of an ETag, with its quotes.</summary>
    public static bool TryParseQuoted(ReadOnlySpan<char> text, out PositionClaim claim)
    {
        claim = default;
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' && TryParse(text[1..^1], out claim);
    }

    /// <summary>Reads the text of an ETag, with or without its quotes.</summary>
    public static bool TryParseUnquoted([NotNullWhen(true)] string? text, out PositionClaim claim) =>
        TryParseQuoted(text, out claim) || TryParse(text, out claim);

    private static bool TryParse(ReadOnlySpan<char> text, out PositionClaim claim)
    {
        claim = default;
        Span<Range> parts = stackalloc Range[4];
        var count = text.Split(parts, '.');
        if (count > 3 || !TryParseNumber(text[parts[0]], out var version))
        {
            return false;
        }

        if (count == 1)
        {
            claim = new PositionClaim(version, Commit: null, Tag: null);
            return true;
        }

        if (!TryParseNumber(text[parts[1]], out var commit))
        {
            return false;
        }

        var tag = count == 3 ? text[parts[2]] : default;
        claim = new PositionClaim(version, commit, count == 3 ? tag.ToString() : null);
        return count == 2 || (tag.Length is >= 1 and <= MaxTagLength && !tag.ContainsAnyExcept(TagCharacters));
    }

    /// <summary>Only the way in which the store prints a number: two texts of one position would be two ETags.</summary>
    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        return (text is "0" || (text.Length > 0 && text[0] != '0'))
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
