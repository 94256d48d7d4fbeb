namespace QANexus.LocalCosmos.Faults;

/// <summary>Limits of the times by which faults delay.</summary>
internal static class FaultDelay
{
    // Far beyond any client's patience, and within what a timer takes.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>What is wrong with a delay; null where nothing is.</summary>
    public static string? ViolationOf(TimeSpan delay) =>
        delay < TimeSpan.Zero || delay > s_longest ? $"A delay is from 0 to {s_longest.Days} days." : null;
}
