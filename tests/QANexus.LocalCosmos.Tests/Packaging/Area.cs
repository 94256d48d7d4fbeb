namespace QANexus.LocalCosmos.Tests.Packaging;

/// <summary>Parts of the support table, in its order.</summary>
public enum Area
{
    Account,
    Containers,
    Items,
    Batches,
    Queries,
    ChangeFeed,
    Consistency,
    Charges,
    Faults,
    Durability,
    Clients,
    RefusedByName,
}
