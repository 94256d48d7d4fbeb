using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Appending;

/// <summary>Appends events to the streams of one tenant.</summary>
public interface IEventWriter
{
    /// <summary>
    /// Appends all events of <paramref name="request"/> or none. Repeating a request that has a commit id, or whose events all have ids, is
    /// always safe and gives the first answer again, whatever it expects of the stream's position.
    /// </summary>
    /// <param name="request">The events and what they expect.</param>
    /// <param name="cancellationToken">Observed until the write is sent; after that its outcome is awaited.</param>
    /// <exception cref="InvalidAppendException">The request breaks a rule or a limit; nothing was written.</exception>
    /// <exception cref="StoreThrottledException">The store has no request units left for it; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or other writers won too often; nothing was written.</exception>
    /// <exception cref="AppendOutcomeUnknownException">The write was sent and its outcome could not be learnt; repeat with its commit id.</exception>
    Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken);
}
