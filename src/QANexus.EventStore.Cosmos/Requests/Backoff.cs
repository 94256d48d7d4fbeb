namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>Pauses between attempts, as the store's options say.</summary>
internal sealed class Backoff(CosmosEventStoreOptions options, TimeProvider time)
{
    private readonly Time.Backoff pauses = new(options.FirstBackoff, options.MaxBackoff, time);

    /// <inheritdoc cref="Time.Backoff.WaitAsync"/>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken) => pauses.WaitAsync(attempt, cancellationToken);
}
