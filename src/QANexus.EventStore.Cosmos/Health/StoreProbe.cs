using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Health;

namespace QANexus.EventStore.Cosmos.Health;

/// <summary>Point-reads a document that does not exist: 1 RU, and every part of the way to the data has answered.</summary>
internal sealed class StoreProbe(Container events, CosmosEventStoreOptions options, TimeProvider time) : IStoreProbe
{
    private static readonly PartitionKey Partition = new PartitionKeyBuilder().Add("$system").Add("$probe").Build();

    private readonly ReadRequests reads = new(events, options, time);

    public async Task CheckAsync(CancellationToken cancellationToken) =>
        await reads.PointReadAsync("$probe", Partition, new ChargeMeter(), cancellationToken);
}
