using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>What a store is looked at for when it is opened. A finding is a <see cref="StoreException"/>.</summary>
internal static class StoreCheck
{
    /// <summary>
    /// That the container's counters are as they were written and no document is ahead of them: with a counter that was set back, numbers would be given
    /// out twice and changes would be missing from the change feed. Takes a few look-ups whatever the container holds.
    /// </summary>
    public static void RequireCounters(StoreConnection connection, Container container)
    {
        using (var sequence = connection.Prepare("SELECT sequence, sequence_checksum FROM containers WHERE number = ?1"))
        {
            sequence.Bind(1, container.Number).Step();
            if (RowChecksum.OfCounter("sequence"u8, container.Number, 0, sequence.Integer(0)) != sequence.Integer(1))
                throw sequence.Damaged($"the sequence of container {container.Number} is not as it was written");
        }

        using (var ranges = connection.Prepare("SELECT id, lsn, lsn_checksum, version_floor, version_floor_checksum FROM ranges WHERE container = ?1"))
        {
            ranges.Bind(1, container.Number);
            while (ranges.Step())
            {
                var range = ranges.Integer(0);
                if (RangePosition.Checksum(container.Number, range, ranges.Integer(1)) != ranges.Integer(2)
                    || RangePosition.VersionFloorChecksum(container.Number, range, ranges.Integer(3)) != ranges.Integer(4))
                    throw ranges.Damaged($"the position of range {range} of container {container.Number} is not as it was written");
            }
        }

        using var numbers = connection.Prepare(container.Statements.Counters);
        numbers.Bind(1, container.Number).Step();
        if (numbers.Integer(0) > numbers.Integer(1) || numbers.Integer(2) > numbers.Integer(3))
            throw numbers.Damaged($"container {container.Number} has documents that it has not counted");
    }

    /// <summary>
    /// That the account's counters are as they were written and have counted what there is. Numbers do not repeat, so where there are fewer containers than
    /// numbers one has been deleted, and left its LSN.
    /// </summary>
    public static void RequireCounters(StoreConnection connection, Catalog catalog)
    {
        var databases = Counters.Read(connection, Counters.Databases);
        var containers = Counters.Read(connection, Counters.Containers);
        var hasFloor = Counters.TryRead(connection, Counters.LsnFloor) is not null;
        if (catalog.Databases.Any(database => database.Number > databases) || catalog.AllContainers.Any(container => container.Number > containers))
            throw connection.Damaged("it has databases or containers that it has not counted");
        if (catalog.AllContainers.Count() < containers && !hasFloor)
            throw connection.Damaged("a container is missing, or what its deletion left");
    }

    /// <summary>That every document and every version is as it was written, and that the unique keys are those of the documents.</summary>
    public static void RequireEveryRow(StoreConnection connection, Catalog catalog)
    {
        var everything = new EffectivePartitionKeyRange(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum);
        foreach (var container in catalog.AllContainers)
        {
            using var documents = connection.Prepare(container.Statements.ScanTable);
            documents.Bind(1, everything.Min.Bytes).Bind(2, everything.Max.Bytes).Bind(3, 0);
            var uniqueKeys = new UniqueKeyCheck(connection, container);
            while (documents.Step())
                uniqueKeys.Require(DocumentRow.Read(documents));
            uniqueKeys.RequireNoOthers();
            foreach (var version in new VersionLog(connection, container).ReadAfter(everything, 0, long.MaxValue))
                _ = version;
        }
    }
}
