using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace QANexus.LocalHost.Functions.Retrying;

/// <summary>How failed calls of a function are repeated, as its retry attribute says.</summary>
/// <param name="MaxRetryCount">Repetitions after the first call; -1 for without end.</param>
/// <param name="Minimum">The first delay.</param>
/// <param name="Maximum">The longest delay; equal to the first one where it does not grow.</param>
internal sealed record FunctionRetry(int MaxRetryCount, TimeSpan Minimum, TimeSpan Maximum)
{
    private const int Unlimited = -1;

    public bool Allows(int retry) => MaxRetryCount == Unlimited || retry <= MaxRetryCount;

    /// <summary>
    /// The delay before a repetition. It grows as the Functions host lets it: the minimum once, then the minimum and its double, fourfold and so on,
    /// each give or take a fifth, up to the maximum.
    /// </summary>
    /// <param name="retry">Number of the repetition, from 1.</param>
    /// <param name="spread">From 0 for a fifth less to 1 for a fifth more.</param>
    public TimeSpan DelayBefore(int retry, double spread)
    {
        var growth = retry == 1 ? 0 : (0.8 + (0.4 * spread)) * Math.Pow(2, Math.Min(retry - 2, 62));
        return TimeSpan.FromTicks((long)Math.Min(Maximum.Ticks, Minimum.Ticks * (1 + growth)));
    }

    /// <returns>Null for a method without a retry attribute.</returns>
    /// <exception cref="FunctionDefinitionException">The Functions host or the worker would not take the attribute.</exception>
    public static FunctionRetry? Of(string name, MethodInfo method)
    {
        var retry = method.GetCustomAttributes<RetryAttribute>().ToList() switch
        {
            [] => null,
            [FixedDelayRetryAttribute fixedDelay] => new FunctionRetry(fixedDelay.MaxRetryCount, Parse(fixedDelay.DelayInterval), Parse(fixedDelay.DelayInterval)),
            [ExponentialBackoffRetryAttribute backoff] =>
                new FunctionRetry(backoff.MaxRetryCount, Parse(backoff.MinimumInterval), Parse(backoff.MaximumInterval)),
            _ => throw new FunctionDefinitionException($"Function '{name}' has more than one policy for retries."),
        };
        if (retry is { MaxRetryCount: < Unlimited })
            throw new FunctionDefinitionException($"Function '{name}' has a negative number of retries; only -1 means something, without end.");
        if (retry is not null && retry.Minimum > retry.Maximum)
            throw new FunctionDefinitionException($"The delay before a retry of function '{name}' begins with more than its maximum.");
        return retry;

        TimeSpan Parse(string delay) => TimeSpan.TryParse(delay, CultureInfo.InvariantCulture, out var parsed) && parsed >= TimeSpan.Zero
            ? parsed
            : throw new FunctionDefinitionException($"'{delay}' is no delay before a retry of function '{name}': it must be of the form hh:mm:ss.");
    }
}
