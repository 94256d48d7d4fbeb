using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>How far a range has come: the LSN of its last transaction, and up to which its log of versions may have gaps.</summary>
internal static class RangePosition
{
    /// <summary>0 where the range is not (or not yet) in this state of the store.</summary>
    public static long Read(StoreConnection connection, long container, int range) => TryRead(connection, container, range) ?? 0;

    public static long? TryRead(StoreConnection connection, long container, int range)
    {
        using var statement = connection.Prepare("SELECT lsn FROM ranges WHERE container = ?1 AND id = ?2");
        return statement.Bind(1, container).Bind(2, range).Step() ? statement.Integer(0) : null;
    }

    public static long ReadVersionFloor(StoreConnection connection, long container, int range)
    {
        using var statement = connection.Prepare("SELECT version_floor FROM ranges WHERE container = ?1 AND id = ?2");
        return statement.Bind(1, container).Bind(2, range).Step() ? statement.Integer(0) : 0;
    }

    public static void RaiseVersionFloor(StoreConnection connection, long container, int range, long lsn)
    {
        var floor = Math.Max(lsn, ReadVersionFloor(connection, container, range));
        using var statement = connection.Prepare("UPDATE ranges SET version_floor = ?3, version_floor_checksum = ?4 WHERE container = ?1 AND id = ?2");
        statement.Bind(1, container).Bind(2, range).Bind(3, floor).Bind(4, VersionFloorChecksum(container, range, floor)).Execute();
    }

    public static void Advance(StoreConnection connection, long container, int range, long lsn)
    {
        using var statement = connection.Prepare("UPDATE ranges SET lsn = ?3, lsn_checksum = ?4 WHERE container = ?1 AND id = ?2");
        statement.Bind(1, container).Bind(2, range).Bind(3, lsn).Bind(4, Checksum(container, range, lsn)).Execute();
    }

    public static long Checksum(long container, long range, long lsn) => RowChecksum.OfCounter("lsn"u8, container, range, lsn);

    public static long VersionFloorChecksum(long container, long range, long lsn) => RowChecksum.OfCounter("version_floor"u8, container, range, lsn);
}
