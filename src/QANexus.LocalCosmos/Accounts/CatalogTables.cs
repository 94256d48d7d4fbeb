using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>The catalog's tables.</summary>
internal static class CatalogTables
{
    /// <exception cref="StoreException">A table is not as it was written.</exception>
    public static Catalog Load(StoreConnection connection)
    {
        var catalog = Catalog.Empty;
        using (var rows = connection.Prepare("SELECT number, id, revision, ts, checksum FROM databases"))
        {
            while (rows.Step())
            {
                var database = new Database((uint)rows.Integer(0), rows.Text(1), rows.Integer(2), rows.Integer(3));
                Require(Checksum(database) == rows.Integer(4), rows, $"database {database.Number}");
                catalog = catalog.With(database);
            }
        }

        var databases = catalog.Databases.ToDictionary(database => database.Number);
        using (var rows = connection.Prepare("SELECT number, database, definition, revision, ts, throughput, checksum FROM containers"))
        {
            while (rows.Step())
            {
                var number = rows.Integer(0);
                var checksum = ContainerChecksum(number, rows.Integer(1), rows.BlobSpan(2), rows.Integer(3), rows.Integer(4), rows.OptionalInteger(5));
                Require(checksum == rows.Integer(6), rows, $"container {number}");
                if (!databases.TryGetValue((uint)rows.Integer(1), out var database))
                    throw rows.Damaged(FormattableString.Invariant($"container {number} is of a database that is not there"));
                catalog = catalog.With(new Container(
                    database, (uint)number, ContainerDefinition.Parse(rows.Blob(2)), rows.Integer(3), rows.Integer(4),
                    LoadRanges(connection, number)) { Throughput = (int?)rows.OptionalInteger(5) });
            }
        }

        foreach (var container in catalog.AllContainers)
            StoreCheck.RequireCounters(connection, container);
        StoreCheck.RequireCounters(connection, catalog);
        return catalog;
    }

    public static void Insert(StoreConnection connection, Database database)
    {
        using var statement = connection.Prepare("INSERT INTO databases (number, id, revision, ts, checksum) VALUES (?1, ?2, ?3, ?4, ?5)");
        statement.Bind(1, database.Number).Bind(2, database.Id).Bind(3, database.Revision).Bind(4, database.Timestamp).Bind(5, Checksum(database)).Execute();
    }

    public static void Delete(StoreConnection connection, Database database)
    {
        using var statement = connection.Prepare("DELETE FROM databases WHERE number = ?1");
        statement.Bind(1, database.Number).Execute();
    }

    public static void Insert(StoreConnection connection, Container container)
    {
        var floor = Counters.Read(connection, Counters.LsnFloor);
        using (var statement = connection.Prepare(
            "INSERT INTO containers (number, database, id, revision, ts, definition, throughput, checksum, sequence, sequence_checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9)"))
        {
            statement.Bind(1, container.Number).Bind(2, container.Database.Number).Bind(3, container.Id).Bind(4, container.Revision)
                .Bind(5, container.Timestamp).Bind(6, container.Definition.Json.Span).Bind(7, container.Throughput).Bind(8, Checksum(container))
                .Bind(9, RowChecksum.OfCounter("sequence"u8, container.Number, 0, 0)).Execute();
        }

        foreach (var range in container.Ranges)
            InsertRange(connection, container, range, floor, versionFloor: floor);
        Schema.CreateContainer(connection, container.Number);
        Schema.IndexExpiry(connection, container.Number, container.Definition.DefaultTimeToLive);
    }

    public static void Update(StoreConnection connection, Container container)
    {
        using (var statement = connection.Prepare("UPDATE containers SET revision = ?2, ts = ?3, definition = ?4, checksum = ?5 WHERE number = ?1"))
        {
            statement.Bind(1, container.Number).Bind(2, container.Revision).Bind(3, container.Timestamp).Bind(4, container.Definition.Json.Span)
                .Bind(5, Checksum(container)).Execute();
        }

        Schema.IndexExpiry(connection, container.Number, container.Definition.DefaultTimeToLive);
    }

    public static void Delete(StoreConnection connection, Container container)
    {
        Counters.Raise(connection, Counters.LsnFloor, container.Ranges.Max(range => RangePosition.Read(connection, container.Number, range.Id)));
        using (var statement = connection.Prepare("DELETE FROM ranges WHERE container = ?1"))
            statement.Bind(1, container.Number).Execute();
        using (var statement = connection.Prepare("DELETE FROM containers WHERE number = ?1"))
            statement.Bind(1, container.Number).Execute();
        Schema.DropContainer(connection, container.Number);
    }

    /// <summary>Puts two ranges in the place of one. They start at its LSN: tokens and continuations of the parent are used on them.</summary>
    public static void ReplaceRange(StoreConnection connection, Container container, PartitionKeyRange parent, IEnumerable<PartitionKeyRange> children)
    {
        var lsn = RangePosition.Read(connection, container.Number, parent.Id);
        var versionFloor = RangePosition.ReadVersionFloor(connection, container.Number, parent.Id);
        using (var statement = connection.Prepare("DELETE FROM ranges WHERE container = ?1 AND id = ?2"))
            statement.Bind(1, container.Number).Bind(2, parent.Id).Execute();
        foreach (var child in children)
            InsertRange(connection, container, child, lsn, versionFloor);
    }

    private static void InsertRange(StoreConnection connection, Container container, PartitionKeyRange range, long lsn, long versionFloor)
    {
        using var statement = connection.Prepare(
            "INSERT INTO ranges (container, id, min, max, parents, checksum, lsn, lsn_checksum, version_floor, version_floor_checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        statement.Bind(1, container.Number).Bind(2, range.Id).Bind(3, range.Keys.Min.Bytes).Bind(4, range.Keys.Max.Bytes)
            .Bind(5, string.Join(',', range.Parents)).Bind(6, Checksum(container.Number, range)).Bind(7, lsn)
            .Bind(8, RangePosition.Checksum(container.Number, range.Id, lsn)).Bind(9, versionFloor)
            .Bind(10, RangePosition.VersionFloorChecksum(container.Number, range.Id, versionFloor)).Execute();
    }

    private static ImmutableArray<PartitionKeyRange> LoadRanges(StoreConnection connection, long container)
    {
        var ranges = ImmutableArray.CreateBuilder<PartitionKeyRange>();
        using var rows = connection.Prepare("SELECT id, min, max, parents, checksum FROM ranges WHERE container = ?1 ORDER BY min");
        rows.Bind(1, container);
        while (rows.Step())
        {
            var keys = new EffectivePartitionKeyRange(
                EffectivePartitionKey.FromBytes(rows.BlobSpan(1)), EffectivePartitionKey.FromBytes(rows.BlobSpan(2)));
            // Before the parents are read, which may not be numbers any more.
            Require(RangeChecksum(container, rows.Integer(0), keys, rows.Text(3)) == rows.Integer(4), rows, $"range {rows.Integer(0)} of container {container}");
            RequireNext(keys.Min);
            ranges.Add(new PartitionKeyRange((int)rows.Integer(0), keys, ParseParents(rows.Text(3))));
        }

        RequireNext(EffectivePartitionKey.Maximum);
        return ranges.ToImmutable();

        // A row that is not there has no checksum to tell.
        void RequireNext(EffectivePartitionKey start)
        {
            var end = ranges.Count == 0 ? EffectivePartitionKey.Minimum : ranges[^1].Keys.Max;
            if (!end.Equals(start))
                throw rows.Damaged(FormattableString.Invariant($"container {container} lacks a range, or has one twice"));
        }
    }

    private static ImmutableArray<int> ParseParents(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static long Checksum(Database database) =>
        RowChecksum.Of(Encoding.UTF8.GetBytes(database.Id)).And(database.Number).And(database.Revision).And(database.Timestamp).Value;

    private static long Checksum(Container container) => ContainerChecksum(
        container.Number, container.Database.Number, container.Definition.Json.Span, container.Revision, container.Timestamp, container.Throughput);

    private static long ContainerChecksum(long number, long database, ReadOnlySpan<byte> definition, long revision, long timestamp, long? throughput) =>
        RowChecksum.Of(definition).And(number).And(database).And(revision).And(timestamp).And(throughput).Value;

    private static long Checksum(long container, PartitionKeyRange range) =>
        RangeChecksum(container, range.Id, range.Keys, string.Join(',', range.Parents));

    private static long RangeChecksum(long container, long id, EffectivePartitionKeyRange keys, string parents) =>
        RowChecksum.Of(keys.Min.Bytes).And(keys.Max.Bytes).And(parents).And(container).And(id).Value;

    private static void Require(bool isAsWritten, Statement row, FormattableString what)
    {
        if (!isAsWritten)
            throw row.Damaged($"{FormattableString.Invariant(what)} is not as it was written");
    }
}
