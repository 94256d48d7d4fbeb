using Microsoft.Extensions.Logging;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>What a trigger calls: hands a batch of the change feed to a subscription group.</summary>
public sealed class SubscriptionRunner
{
    private readonly Dictionary<SubscriptionName, ILaneSet> groups;
    private readonly DeliveryEngine engine;
    private readonly ISnapshotTaker? snapshots;
    private readonly UnhandledTypes unhandled;
    private readonly ILogger<SubscriptionRunner> logger;

    internal SubscriptionRunner(
        IEnumerable<ILaneSet> groups, DeliveryEngine engine, ISnapshotTaker? snapshots, ILogger<SubscriptionRunner> logger)
    {
        this.snapshots = snapshots;
        this.groups = groups.ToDictionary(static group => group.Name);
        this.engine = engine;
        this.logger = logger;
        unhandled = new UnhandledTypes(logger);
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
    public async Task DeliverAsync(SubscriptionName group, string documents, CancellationToken cancellationToken)
    {
        var doorbells = DoorbellReader.Read(documents, reason => SubscriptionLog.Unreadable(logger, group, reason));
        await unhandled.TellAsync(groups[group], doorbells, cancellationToken);
        await engine.DeliverAsync(groups[group], doorbells, cancellationToken);
    }

    /// <summary>
    /// Takes snapshots of the streams that are due for one. They only save work: what fails is reported, and the stream's next commit tries again.
    /// </summary>
    /// <param name="documents">The JSON array that the trigger was handed.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task TakeSnapshotsAsync(string documents, CancellationToken cancellationToken)
    {
        if (snapshots is null)
        {
            return;
        }

        var group = SubscriptionName.Parse(SubscriptionGroups.TakeSnapshots);
        var doorbells = DoorbellReader.Read(documents, reason => SubscriptionLog.Unreadable(logger, group, reason));
        foreach (var newest in doorbells.Where(static doorbell => doorbell.Version > 0).GroupBy(static doorbell => doorbell.Stream)
            .Select(static stream => stream.MaxBy(static doorbell => doorbell.Commit)!))
        {
            try
            {
                await snapshots.TakeIfDueAsync(
                    newest.Stream.Tenant, newest.Stream.Stream, new StreamPosition(newest.Commit, newest.Version), cancellationToken);
            }
            catch (EventStoreException failure)
            {
                SubscriptionLog.SnapshotFailed(logger, newest.Stream, newest.Commit, failure);
            }
        }
    }
}
