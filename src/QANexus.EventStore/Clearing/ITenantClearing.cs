using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Clearing;

/// <summary>Removes everything that a tenant has. For test environments: it is registered only where configuration enables it.</summary>
public interface ITenantClearing
{
    /// <summary>
    /// Makes everything that the tenant has at this moment unreachable, by raising its generation, and then deletes it, as much as one call takes.
    /// Until the result is done, call again: the next call goes on where this one stopped, whatever stopped it.
    /// </summary>
    /// <remarks>
    /// A request that asked for the generation before it was raised still works in the old one: what it reads is from before the clear, and what it
    /// appends nobody sees after it. What such requests leave behind when the deletion has passed by is deleted by the next clear.
    /// </remarks>
    /// <param name="tenant">Which, in whatever generation.</param>
    /// <param name="cancellationToken">Interrupts it; nothing is lost by that.</param>
    /// <exception cref="StoreThrottledException">The store has no request units left for it; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; nothing was deleted.</exception>
    /// <exception cref="TenantClearUnfinishedException">It was interrupted after the generation was raised. Repeat it.</exception>
    Task<TenantClearResult> ClearAsync(TenantId tenant, CancellationToken cancellationToken);
}
