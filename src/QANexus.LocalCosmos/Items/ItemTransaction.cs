using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Items.Patching;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.ResourceIds;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Items;

/// <summary>
/// Operations on items of one logical partition that share one LSN. Each sees what the ones before it did. A refused operation has
/// changed nothing; undoing the others is the caller's savepoint.
/// </summary>
internal sealed class ItemTransaction
{
    private const string Conflict = "Entity with the specified id already exists in the system.";
    private const string UniqueConflict = "Unique index constraint violation.";
    private const string Missing = "Entity with the specified id does not exist in the system.";

    private readonly StoreConnection _connection;
    private readonly Container _container;
    private readonly PartitionKeyRange _range;
    private readonly ItemTable _table;
    private readonly VersionLog? _versions;
    private readonly long _now;
    private readonly long _lsn;
    private long _sequence;
    private bool _hasChanges;

    public ItemTransaction(StoreConnection connection, Container container, PartitionKeyRange range, long now)
    {
        _connection = connection;
        _container = container;
        _range = range;
        _table = new ItemTable(connection, container);
        _versions = container.Definition.VersionRetention is null ? null : new VersionLog(connection, container);
        _now = now;
        _lsn = RangePosition.Read(connection, container.Number, range.Id) + 1;
        using var counter = connection.Prepare("SELECT sequence FROM containers WHERE number = ?1");
        counter.Bind(1, container.Number).Step();
        _sequence = counter.Integer(0);
    }

    /// <summary>Runs an operation. Status codes are the protocol's, whether or not it is alone.</summary>
    public ItemOutcome Apply(PreparedItem item)
    {
        if (item.Refusal is not null)
            return item.Refusal;
        var stored = _table.Find(item.Key, item.Id);
        if (stored is not null && stored.IsExpired(_container.Definition.DefaultTimeToLive, _now))
        {
            Remove(item.Key, stored, VersionKind.Expire);
            stored = null;
        }

        return item.Operation.Kind switch
        {
            ItemOperationKind.Create when stored is not null => RefuseWrite(item, stored, 409, Conflict),
            ItemOperationKind.Create => Insert(item, item.Content!),
            ItemOperationKind.Upsert when stored is null => Insert(item, item.Content!),
            ItemOperationKind.Read => Read(item, stored),
            _ when stored is null => RefuseWrite(item, stored, 404, Missing),
            _ when IsStale(item, stored) => RefuseWrite(item, stored, 412, RequestRefusedException.PreconditionFailed().Message),
            ItemOperationKind.Delete => Delete(item, stored),
            ItemOperationKind.Patch => Patch(item, stored),
            _ => Replace(item, stored, item.Content!, static (size, terms) => RequestCharge.Replace(size, terms)),
        };
    }

    /// <summary>Removes a document whose time to live is over.</summary>
    public void Expire(EffectivePartitionKey key, DocumentRow stored) => Remove(key, stored, VersionKind.Expire);

    /// <summary>Makes the counters follow; without it the operations have happened at no LSN. Returns the LSN that the range has come to.</summary>
    public long Complete()
    {
        if (!_hasChanges)
            return _lsn - 1;
        using (var counter = _connection.Prepare("UPDATE containers SET sequence = ?2, sequence_checksum = ?3 WHERE number = ?1"))
        {
            counter.Bind(1, _container.Number).Bind(2, _sequence)
                .Bind(3, RowChecksum.OfCounter("sequence"u8, _container.Number, 0, _sequence)).Execute();
        }

        RangePosition.Advance(_connection, _container.Number, _range.Id, _lsn);
        return _lsn;
    }

    /// <summary>A read's outcome, the same inside and outside of a transaction.</summary>
    public static ItemOutcome ReadOutcome(Container container, ItemOperation operation, DocumentRow? stored)
    {
        if (stored is null)
            return ItemOutcome.Refused(404, Missing, RequestCharge.PointRead(0));
        var etag = ETag.Of(container.Number, stored.Revision);
        var charge = RequestCharge.PointRead(stored.Size);
        return operation.IfNoneMatch is { } known && ETag.Matches(known, etag)
            ? new ItemOutcome(304, charge) { ETag = etag }
            : new ItemOutcome(200, charge) { ETag = etag, Body = stored.Body };
    }

    private static ItemOutcome RefuseWrite(PreparedItem item, DocumentRow? stored, int statusCode, string reason) =>
        ItemOutcome.Refused(statusCode, reason, RequestCharge.RefusedWrite(item.Content?.Size ?? stored?.Size ?? 0));

    private bool IsStale(PreparedItem item, DocumentRow stored) =>
        item.Operation.IfMatch is { } condition && !ETag.Matches(condition, ETag.Of(_container.Number, stored.Revision));

    private ItemOutcome Read(PreparedItem item, DocumentRow? stored) => ReadOutcome(_container, item.Operation, stored);

    private ItemOutcome Insert(PreparedItem item, ItemContent content)
    {
        if (content.UniqueKeys.Any(key => IsTaken(item.Key, key, byOtherThan: null)))
            return RefuseWrite(item, stored: null, 409, UniqueConflict);
        var number = ++_sequence;
        var row = Compose(content, number, number);
        _table.Insert(item.Key, row);
        foreach (var key in content.UniqueKeys)
            _table.InsertUniqueKey(item.Key, key, number);
        _versions?.Append(item.Key, new ItemVersion(VersionKind.Create, _lsn, _now, PreviousLsn: null, row.Body, Previous: null));
        _hasChanges = true;
        return Written(201, item, row, RequestCharge.Create(content.Size, content.Terms.Count));
    }

    private ItemOutcome Replace(PreparedItem item, DocumentRow stored, ItemContent content, Func<int, int, double> charge)
    {
        var before = StoredItem.Of(_container, stored);
        if (content.UniqueKeys.Any(key => IsTaken(item.Key, key, stored.Number)))
            return RefuseWrite(item, stored, 409, UniqueConflict);
        foreach (var key in before.UniqueKeys)
            _table.DeleteUniqueKey(item.Key, key, stored.Number);
        foreach (var key in content.UniqueKeys)
            _table.InsertUniqueKey(item.Key, key, stored.Number);
        var row = Compose(content, stored.Number, ++_sequence);
        _table.Update(item.Key, row);
        _versions?.Append(item.Key, new ItemVersion(VersionKind.Replace, _lsn, _now, stored.Lsn, row.Body, stored.Body));
        _hasChanges = true;
        return Written(200, item, row, charge(content.Size, Indexing.IndexTerms.CountChanges(before.Terms, content.Terms)));
    }

    private ItemOutcome Patch(PreparedItem item, DocumentRow stored)
    {
        try
        {
            var patch = PatchRequest.Parse(item.Operation.Body, _container);
            if (patch.Condition is { } condition && !condition.Matches(stored.Body))
                return RefuseWrite(item, stored, 412, RequestRefusedException.PreconditionFailed().Message);
            var content = ItemContent.Read(_container, item.PartitionKey, PatchedDocument.Apply(patch, StoredItem.ContentOf(stored)));
            if (content.Id != item.Id)
                throw RequestRefusedException.BadRequest("A patch cannot change the id.");
            return Replace(item, stored, content, (size, terms) => RequestCharge.Patch(size, terms, patch.Operations.Count));
        }
        catch (RequestRefusedException refusal)
        {
            return ItemOutcome.Refused(refusal, RequestCharge.RefusedWrite(stored.Size));
        }
    }

    private ItemOutcome Delete(PreparedItem item, DocumentRow stored)
    {
        var terms = Remove(item.Key, stored, VersionKind.Delete);
        return new ItemOutcome(204, RequestCharge.Delete(stored.Size, terms));
    }

    private int Remove(EffectivePartitionKey key, DocumentRow stored, VersionKind kind)
    {
        var gone = StoredItem.Of(_container, stored);
        foreach (var uniqueKey in gone.UniqueKeys)
            _table.DeleteUniqueKey(key, uniqueKey, stored.Number);
        _table.Delete(stored);
        _versions?.Append(key, new ItemVersion(kind, _lsn, _now, stored.Lsn, Current: null, stored.Body));
        _hasChanges = true;
        return gone.Terms.Count;
    }

    private bool IsTaken(EffectivePartitionKey key, byte[] uniqueKey, long? byOtherThan)
    {
        if (_table.FindOwner(key, uniqueKey) is not { } owner || owner == byOtherThan)
            return false;
        var holder = _table.Find(owner);
        if (holder is not null && !holder.IsExpired(_container.Definition.DefaultTimeToLive, _now))
            return true;
        // Documents whose time is over hold nothing any more.
        if (holder is not null)
            Remove(key, holder, VersionKind.Expire);
        return false;
    }

    private DocumentRow Compose(ItemContent content, long number, long revision)
    {
        var rid = new DocumentRid(_container.Rid, (ulong)number).ToString();
        var body = content.Body.Compose(
            rid, $"dbs/{_container.Database.Rid}/colls/{_container.Rid}/docs/{rid}/", ETag.Of(_container.Number, revision), _now);
        return new DocumentRow(number, content.Id, revision, _lsn, _now, content.TimeToLive, content.Size, body);
    }

    private ItemOutcome Written(int statusCode, PreparedItem item, DocumentRow row, double charge) => new(statusCode, charge)
    {
        ETag = ETag.Of(_container.Number, row.Revision),
        Body = item.Operation.PrefersMinimalReturn ? default : row.Body,
    };
}
