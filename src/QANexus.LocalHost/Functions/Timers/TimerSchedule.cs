using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>When a timer is due: six fields from seconds to days of the week, or five without seconds, in UTC as in Azure.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule crontab;

    private TimerSchedule(CrontabSchedule crontab)
    {
        this.crontab = crontab;
        IsOftenInAMinute = crontab.ToString().Split(' ').Skip(1).All(static field => field == "*")
            && crontab.GetNextOccurrences(DateTime.UnixEpoch, DateTime.UnixEpoch.AddMinutes(1)).Skip(1).Any();
    }

    /// <summary>Due again within a minute, whatever the minute: then the host keeps no record of it.</summary>
    public bool IsOftenInAMinute { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out TimerSchedule? schedule)
    {
        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5;
        var parsed = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds });
        schedule = parsed is null ? null : new TimerSchedule(parsed);
        return schedule is not null;
    }

    public DateTime NextAfter(DateTime time) => DateTime.SpecifyKind(crontab.GetNextOccurrence(time), DateTimeKind.Utc);
}
