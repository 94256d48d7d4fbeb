namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>A clock that a test sets and advances; timers run in real time. Left alone, it is the system's.</summary>
public sealed class SettableClock : TimeProvider
{
    private TimeSpan advanced;
    private int timers;

    /// <summary>How often somebody has waited for it.</summary>
    public int Timers => Volatile.Read(ref timers);

    public DateTimeOffset? Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => advanced += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref timers);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public override DateTimeOffset GetUtcNow() => (Now ?? System.GetUtcNow()) + advanced;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + advanced.Ticks;
}
