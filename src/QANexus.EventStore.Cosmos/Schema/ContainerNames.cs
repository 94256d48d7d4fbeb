namespace QANexus.EventStore.Cosmos.Schema;

/// <summary>The containers of the store.</summary>
public static class ContainerNames
{
    /// <summary>Commit documents, create-only.</summary>
    public const string Events = "events";

    /// <summary>Snapshots of streams: the store's own, and those that clients keep.</summary>
    public const string Snapshots = "snapshots";

    /// <summary>Checkpoints of subscriptions, and the signing keys of the store.</summary>
    public const string Subscriptions = "subscriptions";

    /// <summary>Documents of views, and the checkpoints that they belong to.</summary>
    public const string Views = "views";

    /// <summary>Leases of the functions that follow the change feed, a prefix each.</summary>
    public const string Leases = "leases";
}
