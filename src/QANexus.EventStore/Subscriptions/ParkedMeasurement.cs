using QANexus.EventStore.Failures;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// Counts the streams that are parked, those of all tenants, and reports them: also that there are none, so that what stands on the count knows when it
/// is over. It is reported by whoever has counted and not kept: an instance that counts no longer has nothing to say.
/// </summary>
internal sealed class ParkedMeasurement(
    SubscriberGroup subscribers, ProjectionGroup projections, ICheckpointStore checkpoints, IViewStore views, SubscriptionMetrics metrics)
{
    /// <exception cref="StoreThrottledException">No request units are left; what was not counted is not reported.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; as above.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureList();
        await MeasureAsync(subscribers, meter => checkpoints.CountAllParkedAsync(subscribers.Name, meter, cancellationToken), failures);
        await MeasureAsync(projections, meter => views.CountAllParkedAsync(projections.Handlers, meter, cancellationToken), failures);
        failures.ThrowFirst();
    }

    private async Task MeasureAsync(ILaneSet group, Func<DeliveryMeter, Task<long>> count, FailureList failures)
    {
        if (group.Handlers.Count == 0)
        {
            return;
        }

        var meter = new DeliveryMeter();
        try
        {
            metrics.ParkedNow(group.Name, await count(meter));
        }
        catch (EventStoreException failure)
        {
            failures.Add(failure);
        }
        finally
        {
            metrics.Charged(group.Name, meter.Total);
        }
    }
}
