using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests;

/// <summary>A document of the container keyed by tenant and stream.</summary>
internal sealed record Entry(string Id, string Tenant, string Stream)
{
    public int N { get; init; }

    public string? Key { get; init; }

    public PartitionKey PartitionKey => KeyOf(Tenant, Stream);

    public static PartitionKey KeyOf(string tenant, string stream) => new PartitionKeyBuilder().Add(tenant).Add(stream).Build();
}
