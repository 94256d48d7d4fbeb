using System.Text;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>The account's numbers that only grow, each a row with a checksum; one that was never written has no row and stands at 0.</summary>
internal static class Counters
{
    /// <summary>The number of the last database that was created.</summary>
    public const string Databases = "databases";

    /// <summary>The number of the last container that was created.</summary>
    public const string Containers = "containers";

    /// <summary>LSN that no deleted container has passed. A new one starts there, so that no session token of a predecessor is ahead of it.</summary>
    public const string LsnFloor = "lsn-floor";

    /// <returns>Null where there is no row.</returns>
    /// <exception cref="StoreException">The row is not as it was written.</exception>
    public static long? TryRead(StoreConnection connection, string name)
    {
        using var row = connection.Prepare("SELECT value, checksum FROM counters WHERE name = ?1");
        if (!row.Bind(1, name).Step())
            return null;
        return Checksum(name, row.Integer(0)) == row.Integer(1) ? row.Integer(0) : throw row.Damaged($"counter '{name}' is not as it was written");
    }

    /// <summary>The next number of a series that never repeats.</summary>
    public static uint Next(StoreConnection connection, string name)
    {
        var number = Read(connection, name) + 1;
        Write(connection, name, number);
        return (uint)number;
    }

    public static long Read(StoreConnection connection, string name) => TryRead(connection, name) ?? 0;

    public static void Raise(StoreConnection connection, string name, long value) =>
        Write(connection, name, Math.Max(value, Read(connection, name)));

    private static void Write(StoreConnection connection, string name, long value)
    {
        using var statement = connection.Prepare("INSERT OR REPLACE INTO counters (name, value, checksum) VALUES (?1, ?2, ?3)");
        statement.Bind(1, name).Bind(2, value).Bind(3, Checksum(name, value)).Execute();
    }

    private static long Checksum(string name, long value) => RowChecksum.Of(Encoding.UTF8.GetBytes(name)).And(value).Value;
}
