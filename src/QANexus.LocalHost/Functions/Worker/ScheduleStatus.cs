namespace Microsoft.Azure.Functions.Worker;

/// <summary>When a timer was last due and is due next. Signature of the timer extension's class.</summary>
public class ScheduleStatus
{
    /// <summary>The occurrence of the last call; the least value where there was none.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
