using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>The pauses between attempts that the options ask for.</summary>
internal sealed class Backoff(CosmosEventStoreOptions options, TimeProvider time)
{
    private readonly ExponentialPause pause = new(options.FirstBackoff, options.MaxBackoff, time);

    /// <inheritdoc cref="ExponentialPause.WaitAsync"/>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken) => pause.WaitAsync(attempt, cancellationToken);
}
