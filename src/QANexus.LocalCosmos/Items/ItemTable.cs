using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Items;

/// <summary>The rows of a container's items, in one connection's state of the store.</summary>
internal sealed class ItemTable(StoreConnection connection, Container container)
{
    private readonly DocumentStatements _statements = container.Statements;

    /// <summary>The stored document, also when its time is over.</summary>
    public DocumentRow? Find(EffectivePartitionKey key, string id)
    {
        using var statement = connection.Prepare(_statements.Find);
        return statement.Bind(1, key.Bytes).Bind(2, id).Step() ? DocumentRow.Read(statement) : null;
    }

    public DocumentRow? Find(long number)
    {
        using var statement = connection.Prepare(_statements.FindByNumber);
        return statement.Bind(1, number).Step() ? DocumentRow.Read(statement) : null;
    }

    /// <summary>The logical partition of a document that is there.</summary>
    public EffectivePartitionKey KeyOf(long number)
    {
        using var statement = connection.Prepare(_statements.FindKey);
        statement.Bind(1, number).Step();
        return EffectivePartitionKey.FromBytes(statement.BlobSpan(0));
    }

    public void Insert(EffectivePartitionKey key, DocumentRow row)
    {
        using var statement = connection.Prepare(_statements.Insert);
        statement.Bind(1, row.Number).Bind(2, key.Bytes).Bind(3, row.Id).Bind(4, row.Revision).Bind(5, row.Lsn).Bind(6, row.Timestamp)
            .Bind(7, (long?)row.TimeToLive).Bind(8, row.Size).Bind(9, row.Checksum(key.Bytes)).Bind(10, row.Body).Execute();
    }

    public void Update(EffectivePartitionKey key, DocumentRow row)
    {
        using var statement = connection.Prepare(_statements.Update);
        statement.Bind(1, row.Number).Bind(2, row.Revision).Bind(3, row.Lsn).Bind(4, row.Timestamp).Bind(5, (long?)row.TimeToLive)
            .Bind(6, row.Size).Bind(7, row.Checksum(key.Bytes)).Bind(8, row.Body).Execute();
    }

    public void Delete(DocumentRow row)
    {
        using var statement = connection.Prepare(_statements.Delete);
        statement.Bind(1, row.Number).Execute();
    }

    /// <summary>The document that holds a unique key in the logical partition.</summary>
    public long? FindOwner(EffectivePartitionKey key, ReadOnlySpan<byte> uniqueKey)
    {
        using var statement = connection.Prepare(_statements.FindUniqueKey);
        return statement.Bind(1, key.Bytes).Bind(2, uniqueKey).Step() ? statement.Integer(0) : null;
    }

    public void InsertUniqueKey(EffectivePartitionKey key, ReadOnlySpan<byte> uniqueKey, long owner)
    {
        using var statement = connection.Prepare(_statements.InsertUniqueKey);
        statement.Bind(1, key.Bytes).Bind(2, uniqueKey).Bind(3, owner).Execute();
    }

    public void DeleteUniqueKey(EffectivePartitionKey key, ReadOnlySpan<byte> uniqueKey, long owner)
    {
        using var statement = connection.Prepare(_statements.DeleteUniqueKey);
        statement.Bind(1, key.Bytes).Bind(2, uniqueKey).Bind(3, owner).Execute();
    }
}
