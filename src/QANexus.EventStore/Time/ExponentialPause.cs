namespace QANexus.EventStore.Time;

/// <summary>Pauses between attempts: doubling, capped, and jittered by half so that competitors do not meet again.</summary>
internal sealed class ExponentialPause(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits before attempt <paramref name="attempt"/>, counted from 1.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var full = Math.Min(first.TotalMilliseconds * Math.Pow(2, attempt - 1), longest.TotalMilliseconds);
        var pause = TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
        return Task.Delay(pause < Shortest ? Shortest : pause, time, cancellationToken);
    }
}
