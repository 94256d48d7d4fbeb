using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Appending;

/// <summary>
/// Confirms decisions not to write. Reads may lag behind other processes, so what they show is no ground for a refusal: whoever is about to refuse a
/// request, or to find nothing to do, asks here first.
/// </summary>
public interface IRefusals
{
    /// <summary>
    /// Asks the primary whether the stream ends where it was seen (1 RU where it does), and then, for a request with a key, whether it was
    /// carried out before. After the answer every read of the stream by this process is at least as new.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken);
}
