using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Schema;

/// <summary>The containers, declared once. In Azure the infrastructure creates them; only a local host calls <see cref="CreateAsync"/>.</summary>
public static class CosmosSchema
{
    /// <summary>
    /// What a query can find in a commit document; <c>id</c> and <c>_ts</c> are always indexed. Every further path makes every append dearer by
    /// 0.2 RU a value.
    /// </summary>
    private static readonly string[] IndexedInEvents =
    [
        "/tenantId/?", "/streamId/?", "/version/?", "/commitId/?", "/storedAt/?", "/occurredFrom/?", "/occurredTo/?", "/eventTypes/[]/?",
        "/events/[]/eventId/?",
    ];

    /// <summary>Every container of the store.</summary>
    public static IReadOnlyList<ContainerProperties> Containers() =>
    [
        Events(),
        Snapshots(),
        Subscriptions(),
        Views(),
        Leases(),
    ];

    /// <summary>Creates the database and every container that is missing; what exists stays as it is.</summary>
    /// <exception cref="CosmosException">The endpoint refuses or does not answer.</exception>
    public static async Task CreateAsync(CosmosClient client, string databaseName, CancellationToken cancellationToken)
    {
        var database = await client.CreateDatabaseIfNotExistsAsync(databaseName, cancellationToken: cancellationToken);
        foreach (var container in Containers())
        {
            await database.Database.CreateContainerIfNotExistsAsync(container, cancellationToken: cancellationToken);
        }
    }

    private static ContainerProperties Events()
    {
        var properties = new ContainerProperties(ContainerNames.Events, ["/tenantId", "/streamId"])
        {
            UniqueKeyPolicy = new UniqueKeyPolicy { UniqueKeys = { new UniqueKey { Paths = { "/commitId" } } } },
        };
        IndexOnly(properties, IndexedInEvents);
        return properties;
    }

    private static ContainerProperties Snapshots()
    {
        // Read and written by id alone; only what goes through all of a tenant's asks for more.
        var properties = new ContainerProperties(ContainerNames.Snapshots, ["/tenantId", "/streamId"]);
        IndexOnly(properties, ["/tenantId/?"]);
        return properties;
    }

    private static ContainerProperties Subscriptions()
    {
        var properties = new ContainerProperties(ContainerNames.Subscriptions, ["/tenantId", "/subscription"]);
        IndexOnly(properties, ["/tenantId/?", "/subscription/?", "/parked/?"]);
        return properties;
    }

    private static ContainerProperties Views()
    {
        var properties = new ContainerProperties(ContainerNames.Views, ["/tenantId", "/view"]);
        IndexOnly(properties, ["/tenantId/?", "/view/?", "/parked/?"]);
        return properties;
    }

    /// <summary>
    /// Leases are found by the beginning of their id, which is always indexed. Time to live is on, without a default one: a processor that dies while it
    /// makes the first leases leaves a lock with a time of its own, and where it did not expire no host would ever start.
    /// </summary>
    private static ContainerProperties Leases()
    {
        var properties = new ContainerProperties(ContainerNames.Leases, "/id") { DefaultTimeToLive = -1 };
        IndexOnly(properties, []);
        return properties;
    }

    private static void IndexOnly(ContainerProperties properties, string[] paths)
    {
        foreach (var path in paths)
        {
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = path });
        }

        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
    }
}
