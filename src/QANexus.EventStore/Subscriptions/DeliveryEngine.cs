using System.Runtime.ExceptionServices;
using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// Answers doorbells: for each lane it finds out what the lane has not handled up to the commit that rang, reads that from the store, hands it on, and
/// goes on until every lane is there. Trigger, gap repair, reconciler, un-parking and rebuild all come this way.
/// </summary>
internal sealed class DeliveryEngine(DeliveryServices services)
{
    /// <summary>Answers all doorbells, in rounds of bounded size.</summary>
    /// <returns>How many commits were handed to lanes that had not handled them.</returns>
    /// <exception cref="EventStoreException">The store failed somewhere. Everything else was delivered; repeat the whole.</exception>
    public async Task<long> DeliverAsync(ILaneSet lanes, IEnumerable<Doorbell> doorbells, CancellationToken cancellationToken)
    {
        var failures = new FailureList();
        var meter = new DeliveryMeter();
        var delivered = 0L;
        try
        {
            foreach (var calls in Chunk(doorbells))
            {
                var answer = new DeliveryAnswer(services, lanes, calls, meter, failures);
                await answer.RunAsync(cancellationToken);
                delivered += answer.Delivered;
            }
        }
        finally
        {
            services.Metrics.Charged(lanes.Name, meter.Total);
        }

        failures.ThrowFirst();
        return delivered;
    }

    /// <summary>Streams with their doorbells, as many together as a round may hold commits.</summary>
    private IEnumerable<List<StreamCall>> Chunk(IEnumerable<Doorbell> doorbells)
    {
        var chunk = new List<StreamCall>();
        var count = 0;
        foreach (var stream in doorbells.GroupBy(static doorbell => doorbell.Stream))
        {
            var call = new StreamCall(stream.Key, stream);
            if (chunk.Count > 0 && count + call.Commits.Count > services.Options.CommitsPerRound)
            {
                yield return chunk;
                (chunk, count) = ([], 0);
            }

            chunk.Add(call);
            count += call.Commits.Count;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}

/// <summary>Failures of the store met on the way: the rest goes on, and the first one is thrown at the end.</summary>
internal sealed class FailureList
{
    private readonly Lock gate = new();
    private ExceptionDispatchInfo? first;

    public void Add(Exception failure)
    {
        lock (gate)
        {
            first ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    public void ThrowFirst() => first?.Throw();
}
