using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Items;

/// <summary>
/// That the table of unique keys is what the documents make of it. It has no checksums: a changed key is one that a second document may take, or one that
/// nobody holds and nobody can take.
/// </summary>
internal sealed class UniqueKeyCheck(StoreConnection connection, Container container)
{
    private readonly ItemTable _table = new(connection, container);
    private readonly bool _hasKeys = container.Definition.UniqueKeys.Keys.Count > 0;
    private long _count;

    /// <exception cref="StoreException">A key of the document is missing, or another's.</exception>
    public void Require(DocumentRow document)
    {
        if (!_hasKeys)
            return;
        var partition = _table.KeyOf(document.Number);
        foreach (var key in StoredItem.Of(container, document).UniqueKeys)
        {
            if (_table.FindOwner(partition, key) != document.Number)
                throw connection.Damaged($"a unique key of document {document.Number} of container {container.Number} is missing");
            _count++;
        }
    }

    /// <exception cref="StoreException">There are more keys than the documents have.</exception>
    public void RequireNoOthers()
    {
        if (connection.Scalar(container.Statements.CountUniqueKeys) != _count)
            throw connection.Damaged($"container {container.Number} has unique keys that no document has");
    }
}
