using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>The parts of a date that functions work with, and the names they go by.</summary>
internal enum DatePart
{
    Year,
    Month,
    Weekday,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

internal static class DateParts
{
    private static readonly Dictionary<string, DatePart> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["year"] = DatePart.Year, ["yyyy"] = DatePart.Year, ["yy"] = DatePart.Year,
        ["month"] = DatePart.Month, ["mm"] = DatePart.Month, ["m"] = DatePart.Month,
        ["weekday"] = DatePart.Weekday, ["dw"] = DatePart.Weekday, ["w"] = DatePart.Weekday,
        ["day"] = DatePart.Day, ["dd"] = DatePart.Day, ["d"] = DatePart.Day,
        ["hour"] = DatePart.Hour, ["hh"] = DatePart.Hour,
        ["minute"] = DatePart.Minute, ["mi"] = DatePart.Minute, ["n"] = DatePart.Minute,
        ["second"] = DatePart.Second, ["ss"] = DatePart.Second, ["s"] = DatePart.Second,
        ["millisecond"] = DatePart.Millisecond, ["ms"] = DatePart.Millisecond,
        ["microsecond"] = DatePart.Microsecond, ["mcs"] = DatePart.Microsecond,
        ["nanosecond"] = DatePart.Nanosecond, ["ns"] = DatePart.Nanosecond,
    };

    public static DatePart? Find(SqlValue name) =>
        name.IsString && s_names.TryGetValue(name.AsString(), out var part) ? part : null;

    /// <summary>The length in ticks of 100 ns; null for parts whose length varies, or that are none of time's, and 0 for less than a tick.</summary>
    public static long? Ticks(DatePart part) => part switch
    {
        DatePart.Day => TimeSpan.TicksPerDay,
        DatePart.Hour => TimeSpan.TicksPerHour,
        DatePart.Minute => TimeSpan.TicksPerMinute,
        DatePart.Second => TimeSpan.TicksPerSecond,
        DatePart.Millisecond => TimeSpan.TicksPerMillisecond,
        DatePart.Microsecond => TimeSpan.TicksPerMicrosecond,
        DatePart.Nanosecond => 0,
        _ => null,
    };
}
