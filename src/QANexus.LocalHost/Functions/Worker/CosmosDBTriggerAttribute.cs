namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Signature of the attribute of Microsoft.Azure.Functions.Worker.Extensions.CosmosDB. What is left out here (a start time, preferred regions, the
/// throughput of a lease container, the change feed's other mode) this host would not honour: a function that asked for it does not compile.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : Attribute
{
    public string DatabaseName { get; } = databaseName;

    public string ContainerName { get; } = containerName;

    public string? Connection { get; set; }

    public string? LeaseConnection { get; set; }

    public string? LeaseDatabaseName { get; set; }

    public string? LeaseContainerName { get; set; }

    public string? LeaseContainerPrefix { get; set; }

    public bool CreateLeaseContainerIfNotExists { get; set; }

    /// <summary>Milliseconds, as all the times are; 0 for the host's default.</summary>
    public int FeedPollDelay { get; set; }

    public int LeaseAcquireInterval { get; set; }

    public int LeaseExpirationInterval { get; set; }

    public int LeaseRenewInterval { get; set; }

    public int MaxItemsPerInvocation { get; set; }

    public bool StartFromBeginning { get; set; }
}
