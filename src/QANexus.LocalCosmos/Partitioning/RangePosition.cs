using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>The LSN of the last transaction in a range.</summary>
internal static class RangePosition
{
    /// <summary>0 where the range is not (or not yet) in this state of the store.</summary>
    public static long Read(StoreConnection connection, long container, int range) => TryRead(connection, container, range) ?? 0;

    public static long? TryRead(StoreConnection connection, long container, int range)
    {
        using var statement = connection.Prepare("SELECT lsn FROM ranges WHERE container = ?1 AND id = ?2");
        return statement.Bind(1, container).Bind(2, range).Step() ? statement.Integer(0) : null;
    }

    public static void Advance(StoreConnection connection, long container, int range, long lsn)
    {
        using var statement = connection.Prepare("UPDATE ranges SET lsn = ?3 WHERE container = ?1 AND id = ?2");
        statement.Bind(1, container).Bind(2, range).Bind(3, lsn).Execute();
    }
}
