namespace QANexus.LocalHost.Importing;

/// <summary>How often and how long after a failure that may pass an append is sent again. Its key makes every repeat harmless.</summary>
internal sealed record RetryPolicy
{
    public int Attempts { get; init; } = 8;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Doubling stops here.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a server may ask for with <c>Retry-After</c>; no longer.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    public TimeSpan DelayAfter(int attempt, TimeSpan? retryAfter)
    {
        var backoff = Min(FirstDelay * Math.Pow(2, attempt - 1), MaxDelay);
        var asked = Min(retryAfter ?? TimeSpan.Zero, MaxRetryAfter);
        return backoff > asked ? backoff : asked;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
