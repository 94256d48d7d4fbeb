using Microsoft.Extensions.Logging;
using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Subscriptions;

/// <summary>What a trigger calls: hands a batch of the change feed to a subscription group.</summary>
public sealed class SubscriptionRunner
{
    private readonly Dictionary<SubscriptionName, ILaneSet> groups;
    private readonly DeliveryEngine engine;
    private readonly ILogger<SubscriptionRunner> logger;

    internal SubscriptionRunner(IEnumerable<ILaneSet> groups, DeliveryEngine engine, ILogger<SubscriptionRunner> logger)
    {
        this.groups = groups.ToDictionary(static group => group.Name);
        this.engine = engine;
        this.logger = logger;
    }

    /// <summary>
    /// Delivers what the documents tell of. Returns when everything is handled, or parked where a handler keeps failing. An exception means that the
    /// store could not serve: repeat the batch, which handles nothing twice that was saved.
    /// </summary>
    /// <param name="group">One of <see cref="SubscriptionGroups"/>.</param>
    /// <param name="documents">The JSON array that the trigger was handed. Only which commits it names is taken from it.</param>
    /// <param name="cancellationToken">Ends the delivery early; what was handled is saved.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public Task DeliverAsync(SubscriptionName group, string documents, CancellationToken cancellationToken) => engine.DeliverAsync(
        groups[group], DoorbellReader.Read(documents, reason => SubscriptionLog.Unreadable(logger, group, reason)), cancellationToken);
}
