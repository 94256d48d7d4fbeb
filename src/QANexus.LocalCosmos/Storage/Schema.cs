using System.Globalization;

namespace QANexus.LocalCosmos.Storage;

/// <summary>The tables, and the marks by which a file is known as this server's.</summary>
internal static class Schema
{
    /// <summary>Marks the file ("QNXC"); SQLite keeps it in the file's header.</summary>
    public const int ApplicationId = 0x514E5843;

    /// <summary>Bytes of a page; every store has pages of this size.</summary>
    public const int PageSize = 4096;

    /// <summary>Grows with every change of the texts below: a store has them to the letter (<see cref="SchemaCheck"/>).</summary>
    public const int Version = 4;

    /// <summary>
    /// <c>commits</c> has one row, the number of the last commit, which <see cref="AcknowledgedMark"/> repeats. Rows have a checksum over
    /// all their other columns (<see cref="RowChecksum"/>), and the numbers in containers and ranges that change with every write have each one of their own. The documents of a
    /// container have tables of their own (<see cref="CreateContainer"/>): a container's scan is then a plain table scan in creation order, its indexes
    /// carry no container column, and dropping it costs no deletes.
    /// </summary>
    public static void Create(StoreConnection connection) => connection.Run(string.Create(CultureInfo.InvariantCulture, $"""
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        CREATE TABLE commits (number INTEGER NOT NULL);
        INSERT INTO commits (number) VALUES (0);
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE databases (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, ts INTEGER NOT NULL,
            checksum INTEGER NOT NULL);
        CREATE TABLE containers (
            number INTEGER PRIMARY KEY, database INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, ts INTEGER NOT NULL,
            definition BLOB NOT NULL, throughput INTEGER, checksum INTEGER NOT NULL,
            sequence INTEGER NOT NULL, sequence_checksum INTEGER NOT NULL, UNIQUE (database, id));
        CREATE TABLE ranges (
            container INTEGER NOT NULL, id INTEGER NOT NULL, min BLOB NOT NULL, max BLOB NOT NULL, parents TEXT NOT NULL,
            checksum INTEGER NOT NULL, lsn INTEGER NOT NULL, lsn_checksum INTEGER NOT NULL, version_floor INTEGER NOT NULL,
            version_floor_checksum INTEGER NOT NULL, PRIMARY KEY (container, id)) WITHOUT ROWID;
        """));

    /// <summary>
    /// <c>number</c> is the creation number, which the RID prints; <c>revision</c> the number of the last write, which the ETag prints; both come out of the
    /// container's <c>sequence</c>. Each range counts its transactions: an LSN is a position within a range. Unique keys have a table only so that a
    /// second document with the same ones is refused. The versions have rows only where the container keeps them; <c>number</c> is their order, and the
    /// range's <c>version_floor</c> the LSN up to which there may be gaps.
    /// </summary>
    public static void CreateContainer(StoreConnection connection, long number) => connection.Run(string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE documents_{number} (
            number INTEGER PRIMARY KEY, epk BLOB NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, lsn INTEGER NOT NULL, ts INTEGER NOT NULL,
            ttl INTEGER, size INTEGER NOT NULL, checksum INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE UNIQUE INDEX documents_{number}_id ON documents_{number} (epk, id);
        CREATE INDEX documents_{number}_lsn ON documents_{number} (lsn);
        CREATE TABLE unique_keys_{number} (epk BLOB NOT NULL, key BLOB NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (epk, key)) WITHOUT ROWID;
        CREATE TABLE versions_{number} (
            number INTEGER PRIMARY KEY, lsn INTEGER NOT NULL, ts INTEGER NOT NULL, kind INTEGER NOT NULL, previous_lsn INTEGER,
            epk BLOB NOT NULL, checksum INTEGER NOT NULL, current BLOB, previous BLOB);
        CREATE INDEX versions_{number}_lsn ON versions_{number} (lsn);
        """));

    /// <summary>
    /// Indexes by when documents expire: those with a time of their own where the container expires any, those without one where it has a default. A
    /// container that expires nothing pays for neither.
    /// </summary>
    public static void IndexExpiry(StoreConnection connection, long number, int? defaultTimeToLive)
    {
        var own = defaultTimeToLive is null
            ? "DROP INDEX IF EXISTS documents_{0}_own_expiry;"
            : "CREATE INDEX IF NOT EXISTS documents_{0}_own_expiry ON documents_{0} (ts + ttl) WHERE ttl > 0;";
        var byDefault = defaultTimeToLive is > 0
            ? "CREATE INDEX IF NOT EXISTS documents_{0}_default_expiry ON documents_{0} (ts) WHERE ttl IS NULL;"
            : "DROP INDEX IF EXISTS documents_{0}_default_expiry;";
        connection.Run(string.Format(CultureInfo.InvariantCulture, own + byDefault, number));
    }

    public static void DropContainer(StoreConnection connection, long number) => connection.Run(string.Create(CultureInfo.InvariantCulture,
        $"DROP TABLE documents_{number}; DROP TABLE unique_keys_{number}; DROP TABLE versions_{number};"));
}
