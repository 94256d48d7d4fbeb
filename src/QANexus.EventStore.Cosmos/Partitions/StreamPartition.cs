using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Partitions;

/// <summary>The partition keys of the events container: a stream's full key, and the prefix that holds all of a tenant.</summary>
internal static class StreamPartition
{
    public static PartitionKey Of(TenantId tenant, StreamId stream) =>
        new PartitionKeyBuilder().Add(tenant.StorageKey).Add(stream.ToString()).Build();

    public static PartitionKey Of(TenantId tenant) => new PartitionKeyBuilder().Add(tenant.StorageKey).Build();
}
