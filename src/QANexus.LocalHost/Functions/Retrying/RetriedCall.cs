using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Functions.Retrying;

/// <summary>Calls a function until it succeeds or its policy is used up. The count lives here and nowhere else: a restart begins anew, as in the host.</summary>
internal sealed class RetriedCall(BackgroundFunction function, IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    private readonly FunctionCall call = new(function, scopes);

    /// <returns>The failure of the last attempt; null where one succeeded. Cancellation ends the attempts, with the failure of the last one.</returns>
    public async Task<Exception?> TryAsync(object trigger, CancellationToken cancellationToken)
    {
        FailureCause? known = null;
        for (var retry = 1; ; retry++)
        {
            if (await call.TryAsync(trigger, cancellationToken) is not { } failure)
                return null;
            if (cancellationToken.IsCancellationRequested || function.Retry?.Allows(retry) is not true)
                return failure;

            var delay = function.Retry.DelayBefore(retry, Random.Shared.NextDouble());
            if (FailureCause.Of(failure) is var cause && cause != known)
                logger.FunctionFailed(function.Name, retry, delay, failure);
            known = cause;
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return failure;
        }
    }
}
