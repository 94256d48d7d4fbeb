using System.Globalization;

namespace QANexus.EventStore.Time;

/// <summary>RFC 3339 timestamps, in UTC and in ticks of 100 ns. What has a finer fraction is refused, not rounded.</summary>
public static class Rfc3339
{
    private const string Sortable = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly string[] Accepted =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fK", "yyyy-MM-dd'T'HH:mm:ss.ffK", "yyyy-MM-dd'T'HH:mm:ss.fffK",
        "yyyy-MM-dd'T'HH:mm:ss.ffffK", "yyyy-MM-dd'T'HH:mm:ss.fffffK", "yyyy-MM-dd'T'HH:mm:ss.ffffffK", "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    ];

    /// <summary>Reads a timestamp with <c>Z</c> or an offset; one without either is not a point in time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset value)
    {
        value = default;
        if (text is null || text.Length < 20 || !HasOffset(text)
            || !DateTimeOffset.TryParseExact(
                text.ToUpperInvariant(), Accepted, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value))
        {
            return false;
        }

        return true;
    }

    /// <summary>The shortest form in UTC: <c>2026-11-23T10:00:00Z</c>, <c>2026-11-23T10:00:00.25Z</c>.</summary>
    public static string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The form of one width, in which the order of the texts is the order of the times.</summary>
    public static string FormatSortable(DateTimeOffset value) => value.UtcDateTime.ToString(Sortable, CultureInfo.InvariantCulture);

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is ('+' or '-'));
}
