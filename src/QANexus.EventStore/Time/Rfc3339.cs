using System.Globalization;

namespace QANexus.EventStore.Time;

/// <summary>RFC 3339 timestamps, in UTC and in ticks of 100 ns. What has a finer fraction is refused, not rounded.</summary>
public static class Rfc3339
{
    private const string Sortable = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Bytes before the fraction or the offset: <c>2026-11-23T10:00:00</c>.</summary>
    private const int SecondsLength = 19;

    private const int TickDigits = 7;

    /// <summary>Reads a timestamp with <c>Z</c> or an offset; one without either is not a point in time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset value) => TryParse(text.AsSpan(), out value);

    /// <inheritdoc cref="TryParse(string?, out DateTimeOffset)"/>
    internal static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        // By hand: every event that is read has two, and the framework's parser tries one format after the other.
        if (text.Length <= SecondsLength || !TryReadDate(text, out var year, out var month, out var day)
            || !TryReadTime(text, out var ticks) || !TryReadFraction(text[SecondsLength..], out var fraction, out var zone)
            || !TryReadOffset(zone, out var offset))
        {
            return false;
        }

        var utc = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + ticks + fraction - offset;
        if (utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>The shortest form in UTC: <c>2026-11-23T10:00:00Z</c>, <c>2026-11-23T10:00:00.25Z</c>.</summary>
    public static string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The form of one width, in which the order of the texts is the order of the times.</summary>
    public static string FormatSortable(DateTimeOffset value) => value.UtcDateTime.ToString(Sortable, CultureInfo.InvariantCulture);

    private static bool TryReadDate(ReadOnlySpan<char> text, out int year, out int month, out int day)
    {
        day = 0;
        month = 0;
        return TryReadNumber(text[..4], out year) && text[4] == '-' && TryReadNumber(text[5..7], out month) && text[7] == '-'
            && TryReadNumber(text[8..10], out day) && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || !TryReadNumber(text[11..13], out var hour) || !TryReadNumber(text[14..16], out var minute) || !TryReadNumber(text[17..19], out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks = (((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond;
        return true;
    }

    /// <summary>A point and one to seven digits, or nothing; and what comes after.</summary>
    private static bool TryReadFraction(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = text;
        if (text[0] != '.')
        {
            return true;
        }

        var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > TickDigits || !TryReadNumber(text.Slice(1, digits), out var number))
        {
            return false;
        }

        ticks = number;
        for (var missing = digits; missing < TickDigits; missing++)
        {
            ticks *= 10;
        }

        rest = text[(digits + 1)..];
        return true;
    }

    /// <summary><c>Z</c>, or hours and minutes up to 14:00 either way.</summary>
    private static bool TryReadOffset(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || !TryReadNumber(text[1..3], out var hours)
            || !TryReadNumber(text[4..6], out var minutes) || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
