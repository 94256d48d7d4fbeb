using System.Globalization;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>
/// Dates as the language writes them, <c>2020-01-02T03:04:05.6789123Z</c>, and reads them: the time, its fraction, and the zone may be missing.
/// </summary>
internal static class DateText
{
    private const string Written = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    /// <summary>The first year that the service knows.</summary>
    private const int FirstYear = 1601;

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddK",
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(SqlValue value, out DateTime date)
    {
        date = default;
        return value.IsString &&
            DateTime.TryParseExact(
                value.AsString(), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date) &&
            date.Year >= FirstYear;
    }

    public static SqlValue Write(DateTime date) =>
        date.Year < FirstYear ? SqlValue.Undefined : SqlValue.FromString(date.ToString(Written, CultureInfo.InvariantCulture));
}
