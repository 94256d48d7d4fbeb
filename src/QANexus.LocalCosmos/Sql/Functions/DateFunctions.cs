using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Functions about dates. A timestamp is milliseconds, ticks are 100 ns, both since 1970.</summary>
internal static class DateFunctions
{
    public static Dictionary<string, Function> All { get; } = new()
    {
        ["GETCURRENTDATETIME"] = Now(DateText.Write),
        ["GETCURRENTDATETIMESTATIC"] = Now(DateText.Write),
        ["GETCURRENTTIMESTAMP"] = Now(ToTimestamp),
        ["GETCURRENTTIMESTAMPSTATIC"] = Now(ToTimestamp),
        ["GETCURRENTTICKS"] = Now(ToTicks),
        ["GETCURRENTTICKSSTATIC"] = Now(ToTicks),
        ["DATETIMETOTIMESTAMP"] = new(1, 1, static (a, _) => DateText.TryParse(a[0], out var date) ? ToTimestamp(date) : SqlValue.Undefined),
        ["DATETIMETOTICKS"] = new(1, 1, static (a, _) => DateText.TryParse(a[0], out var date) ? ToTicks(date) : SqlValue.Undefined),
        ["TIMESTAMPTODATETIME"] = new(1, 1, static (a, _) => FromEpoch(a[0], TimeSpan.TicksPerMillisecond)),
        ["TICKSTODATETIME"] = new(1, 1, static (a, _) => FromEpoch(a[0], 1)),
        ["DATETIMEADD"] = new(3, 3, static (a, _) => Add(a)),
        ["DATETIMEPART"] = new(2, 2, static (a, _) => Part(a)),
        ["DATETIMEDIFF"] = new(3, 3, static (a, _) => Difference(a)),
        ["DATETIMEBIN"] = new(2, 4, static (a, _) => Bin(a)),
        ["DATETIMEFROMPARTS"] = new(3, 7, static (a, _) => FromParts(a)),
    };

    private static Function Now(Func<DateTime, SqlValue> write) => new(0, 0, (_, clock) => write(clock.GetUtcNow().UtcDateTime));

    private static SqlValue ToTimestamp(DateTime date) =>
        SqlValue.FromNumber(Math.Floor((double)(date - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));

    private static SqlValue ToTicks(DateTime date) => SqlValue.FromNumber((date - DateTime.UnixEpoch).Ticks);

    private static SqlValue FromEpoch(SqlValue count, long ticks) =>
        IsInteger(count) ? Shift(DateTime.UnixEpoch, count.Number * ticks) : SqlValue.Undefined;

    private static SqlValue Add(ReadOnlySpan<SqlValue> a)
    {
        if (DateParts.Find(a[0]) is not { } part || !IsInteger(a[1]) || !DateText.TryParse(a[2], out var date))
            return SqlValue.Undefined;
        double count = a[1].Number;
        return part switch
        {
            DatePart.Year => AddMonths(date, count * 12),
            DatePart.Month => AddMonths(date, count),
            DatePart.Weekday => SqlValue.Undefined,
            DatePart.Nanosecond => Shift(date, Math.Round(count / 100, MidpointRounding.AwayFromZero)),
            _ => Shift(date, count * DateParts.Ticks(part)!.Value),
        };
    }

    private static SqlValue AddMonths(DateTime date, double months)
    {
        double month = (date.Year * 12) + date.Month - 1 + months;
        return month is >= 12 and < 120_000 ? DateText.Write(date.AddMonths((int)months)) : SqlValue.Undefined;
    }

    private static SqlValue Shift(DateTime date, double ticks)
    {
        double shifted = date.Ticks + ticks;
        return shifted >= DateTime.MinValue.Ticks && shifted <= DateTime.MaxValue.Ticks
            ? DateText.Write(date.AddTicks((long)ticks))
            : SqlValue.Undefined;
    }

    private static SqlValue Part(ReadOnlySpan<SqlValue> a)
    {
        if (DateParts.Find(a[0]) is not { } part || !DateText.TryParse(a[1], out var date))
            return SqlValue.Undefined;
        long fraction = date.Ticks % TimeSpan.TicksPerSecond;
        return SqlValue.FromNumber(part switch
        {
            DatePart.Year => date.Year,
            DatePart.Month => date.Month,
            DatePart.Weekday => (int)date.DayOfWeek,
            DatePart.Day => date.Day,
            DatePart.Hour => date.Hour,
            DatePart.Minute => date.Minute,
            DatePart.Second => date.Second,
            DatePart.Millisecond => fraction / TimeSpan.TicksPerMillisecond,
            DatePart.Microsecond => fraction / TimeSpan.TicksPerMicrosecond,
            _ => fraction * 100,
        });
    }

    /// <summary>How many boundaries of the part lie between the two.</summary>
    private static SqlValue Difference(ReadOnlySpan<SqlValue> a)
    {
        if (DateParts.Find(a[0]) is not { } part || !DateText.TryParse(a[1], out var start) || !DateText.TryParse(a[2], out var end))
            return SqlValue.Undefined;
        return part switch
        {
            DatePart.Year => SqlValue.FromNumber(end.Year - start.Year),
            DatePart.Month => SqlValue.FromNumber(((end.Year - start.Year) * 12) + end.Month - start.Month),
            DatePart.Weekday => SqlValue.Undefined,
            DatePart.Nanosecond => SqlValue.FromNumber((end.Ticks - start.Ticks) * 100d),
            _ => SqlValue.FromNumber((end.Ticks / DateParts.Ticks(part)!.Value) - (start.Ticks / DateParts.Ticks(part)!.Value)),
        };
    }

    /// <summary>The start of the bin that a date lies in, counted from 1970 or from the origin given.</summary>
    private static SqlValue Bin(ReadOnlySpan<SqlValue> a)
    {
        var origin = DateTime.UnixEpoch;
        if (!DateText.TryParse(a[0], out var date) || DateParts.Find(a[1]) is not { } part || DateParts.Ticks(part) is not { } ticks)
            return SqlValue.Undefined;
        if ((a.Length > 2 && (!IsInteger(a[2]) || a[2].Number < 1)) || (a.Length > 3 && !DateText.TryParse(a[3], out origin)))
            return SqlValue.Undefined;
        double size = a.Length > 2 ? a[2].Number : 1;
        double bin = Math.Max(1, ticks == 0 ? Math.Floor(size / 100) : size * ticks);
        return Shift(origin, Math.Floor((date - origin).Ticks / bin) * bin);
    }

    private static SqlValue FromParts(ReadOnlySpan<SqlValue> a)
    {
        Span<int> parts = [1, 1, 1, 0, 0, 0, 0];
        for (int i = 0; i < a.Length; i++)
        {
            if (!IsInteger(a[i]) || a[i].Number is < 0 or > int.MaxValue)
                return SqlValue.Undefined;
            parts[i] = (int)a[i].Number;
        }

        bool isDate = parts[0] is >= 1 and <= 9999 && parts[1] is >= 1 and <= 12 && parts[2] >= 1 && parts[2] <= DateTime.DaysInMonth(parts[0], parts[1]);
        bool isTime = parts[3] < 24 && parts[4] < 60 && parts[5] < 60 && parts[6] < TimeSpan.TicksPerSecond;
        return isDate && isTime
            ? DateText.Write(new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], DateTimeKind.Utc).AddTicks(parts[6]))
            : SqlValue.Undefined;
    }

    private static bool IsInteger(SqlValue value) => value.IsNumber && double.IsInteger(value.Number);
}
