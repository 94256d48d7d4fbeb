using System.Globalization;

namespace QANexus.Domain.TestReports;

/// <summary>Durations and times as tools write them. What is none is nothing, never an error and never a guess.</summary>
internal static class ReportTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// Seconds, in any of <c>1.5</c>, <c>1,234.5</c>, <c>1.5e-3</c>, <c>0,25</c>: a comma before a point groups thousands, a comma alone is a
    /// decimal one, several commas group again.
    /// </summary>
    public static TimeSpan? Seconds(string? text)
    {
        if (text is null || text.Length > 40)
        {
            return null;
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var grouped = comma >= 0 && (text.Contains('.', StringComparison.Ordinal) || text.IndexOf(',', comma + 1) >= 0);
        var plain = grouped ? text.Replace(",", string.Empty, StringComparison.Ordinal) : text.Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Within(seconds)
            : null;
    }

    /// <summary>
    /// <c>[d.]hh:mm:ss[.fffffff]</c>. What has fewer parts would be anybody's guess, and more than 23 hours are not days.
    /// </summary>
    public static TimeSpan? Span(string? text) =>
        text is not null && text.Count(':') == 2 && TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.Zero && span <= Longest
            ? span
            : null;

    /// <summary>A time; one without an offset is taken as UTC.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static TimeSpan? Within(decimal seconds) =>
        seconds >= 0 && seconds <= (decimal)Longest.TotalSeconds
            ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond, MidpointRounding.AwayFromZero))
            : null;
}
