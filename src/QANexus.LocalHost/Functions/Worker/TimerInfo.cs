namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told. Signature of the timer extension's class, public as the parameters of public methods must be.</summary>
public class TimerInfo
{
    /// <summary>The state of the schedule; null where the timer does not keep one.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the call makes up for one that was due while no host ran.</summary>
    public bool IsPastDue { get; set; }
}
