using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Signing;

/// <summary>Where the signing keys come from: the same for every instance, before and after a restart.</summary>
public interface ISigningKeys
{
    /// <summary>The keys in force.</summary>
    /// <param name="refresh">
    /// Ask again whether keys were added, because something does not verify. Answered from memory if that was done less than 30 seconds ago, so
    /// that garbage costs nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    ValueTask<SigningKeyRing> GetAsync(bool refresh, CancellationToken cancellationToken);
}
