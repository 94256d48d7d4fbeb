using System.Collections.Concurrent;

namespace QANexus.LocalHost.Tests.Importing;

/// <summary>Time in which every single wait is over at once and noted; what ticks periodically never does.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ImpatientTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && period == Timeout.InfiniteTimeSpan)
            {
                time.Waits.Enqueue(dueTime);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return true;
        }

        public void Dispose()
        {
            // Nothing is held.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
