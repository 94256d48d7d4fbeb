namespace QANexus.LocalCosmos.Routing;

/// <summary>What a request asks for.</summary>
public enum RequestKind
{
    /// <summary>Read of the account.</summary>
    Account,

    /// <summary>Anything with databases.</summary>
    Database,

    /// <summary>Anything with containers themselves, offers included.</summary>
    Container,

    /// <summary>The feed of partition key ranges.</summary>
    PartitionKeyRanges,

    /// <summary>Create of an item.</summary>
    Create,

    /// <summary>Read of one item.</summary>
    Read,

    /// <summary>Replace of an item.</summary>
    Replace,

    /// <summary>Create or replace of an item.</summary>
    Upsert,

    /// <summary>Delete of an item.</summary>
    Delete,

    /// <summary>Patch of an item.</summary>
    Patch,

    /// <summary>A transactional batch, or a bulk request, which travels the same way.</summary>
    Batch,

    /// <summary>A page of a query.</summary>
    Query,

    /// <summary>A query plan.</summary>
    QueryPlan,

    /// <summary>A page of all items, without a query.</summary>
    ReadFeed,

    /// <summary>A page of the change feed.</summary>
    ChangeFeed,
}
