using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace QANexus.LocalHost.Tests.Functions;

/// <summary>A clock that tells what is waited for, so that a test moves it when somebody waits and not before.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The wait that began next, of those that end.</summary>
    public async Task<TimeSpan> NextWaitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await waits.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>Lets the wait that began next end in time.</summary>
    /// <returns>How long it was.</returns>
    public async Task<TimeSpan> StepAsync()
    {
        var wait = await NextWaitAsync();
        Advance(wait);
        return wait;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }
}
