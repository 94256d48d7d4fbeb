using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Schema;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>Tells a host whether the tenants of a database have generations, and so whether it must be able to clear.</summary>
public static class TenantGenerations
{
    /// <summary>
    /// Whether any tenant was ever cleared: a host without <see cref="CosmosTenantClearRegistration.AddCosmosTenantClear"/> would look for its events
    /// where they no longer are. No, where the database is not there yet.
    /// </summary>
    /// <exception cref="CosmosException">The endpoint refuses or does not answer.</exception>
    public static async Task<bool> ExistAsync(CosmosClient client, string databaseName, CancellationToken cancellationToken)
    {
        var subscriptions = client.GetContainer(databaseName, ContainerNames.Subscriptions);
        using var pages = subscriptions.GetItemQueryIterator<object>(
            "SELECT TOP 1 c.id FROM c", requestOptions: new QueryRequestOptions { PartitionKey = GenerationDocument.Partition, MaxItemCount = 1 });
        try
        {
            while (pages.HasMoreResults)
            {
                if ((await pages.ReadNextAsync(cancellationToken)).Count > 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (CosmosException absent) when (absent.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
