using System.Globalization;

namespace QANexus.LocalCosmos.Storage;

/// <summary>The texts of the statements over one container's tables, made once: they are the keys of the prepared statements.</summary>
internal sealed class DocumentStatements(long container)
{
    private const string Columns = "number, epk, id, revision, lsn, ts, ttl, size, checksum, body";

    private readonly string _documents = string.Create(CultureInfo.InvariantCulture, $"documents_{container}");
    private readonly string _uniqueKeys = string.Create(CultureInfo.InvariantCulture, $"unique_keys_{container}");

    public string Find => field ??= $"SELECT {Columns} FROM {_documents} WHERE epk = ?1 AND id = ?2";

    public string FindByNumber => field ??= $"SELECT {Columns} FROM {_documents} WHERE number = ?1";

    public string FindKey => field ??= $"SELECT epk FROM {_documents} WHERE number = ?1";

    /// <summary>The highest creation number and LSN of the documents, each with what the container's counters have come to.</summary>
    public string Counters => field ??=
        $"SELECT coalesce((SELECT max(number) FROM {_documents}), 0), (SELECT sequence FROM containers WHERE number = ?1), coalesce((SELECT max(lsn) FROM {_documents}), 0), (SELECT max(lsn) FROM ranges WHERE container = ?1)";

    public string Insert => field ??=
        $"INSERT INTO {_documents} ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

    public string Update => field ??=
        $"UPDATE {_documents} SET revision = ?2, lsn = ?3, ts = ?4, ttl = ?5, size = ?6, checksum = ?7, body = ?8 WHERE number = ?1";

    public string Delete => field ??= $"DELETE FROM {_documents} WHERE number = ?1";

    public string FindUniqueKey => field ??= $"SELECT number FROM {_uniqueKeys} WHERE epk = ?1 AND key = ?2";

    public string CountUniqueKeys => field ??= $"SELECT count(*) FROM {_uniqueKeys}";

    public string InsertUniqueKey => field ??= $"INSERT INTO {_uniqueKeys} (epk, key, number) VALUES (?1, ?2, ?3)";

    public string DeleteUniqueKey => field ??= $"DELETE FROM {_uniqueKeys} WHERE epk = ?1 AND key = ?2 AND number = ?3";

    /// <summary>Documents of a wide stretch of the hash space in creation order: a table scan that skips what lies outside.</summary>
    public string ScanTable => field ??=
        $"SELECT {Columns} FROM {_documents} NOT INDEXED WHERE number > ?3 AND epk >= ?1 AND epk < ?2 ORDER BY number";

    /// <summary>
    /// Creation numbers of a narrow stretch, in order, out of the index alone; the rows are fetched one by one, so that nothing but numbers is sorted.
    /// </summary>
    public string ScanNumbers => field ??=
        $"SELECT number FROM {_documents} INDEXED BY {_documents}_id WHERE epk >= ?1 AND epk < ?2 AND number > ?3 ORDER BY number";

    /// <summary>Documents of one logical partition by id; the bounds have been widened to inclusive ones or none.</summary>
    public string ScanIdsAscending => field ??=
        $"SELECT {Columns} FROM {_documents} INDEXED BY {_documents}_id WHERE epk = ?1 AND id >= ?2 ORDER BY id";

    public string ScanIdsDescending => field ??=
        $"SELECT {Columns} FROM {_documents} INDEXED BY {_documents}_id WHERE epk = ?1 AND id <= ?2 ORDER BY id DESC";

    public string ScanAllIdsDescending => field ??=
        $"SELECT {Columns} FROM {_documents} INDEXED BY {_documents}_id WHERE epk = ?1 ORDER BY id DESC";

    /// <summary>Documents whose own time to live is over, in the order in which it ran out.</summary>
    public string ScanExpiredOwn => field ??=
        $"SELECT number, epk, size FROM {_documents} INDEXED BY {_documents}_own_expiry WHERE ttl > 0 AND ts + ttl <= ?1 ORDER BY ts + ttl LIMIT ?2";

    /// <summary>Documents without a time of their own that were last written at a second or before.</summary>
    public string ScanExpiredByDefault => field ??=
        $"SELECT number, epk, size FROM {_documents} INDEXED BY {_documents}_default_expiry WHERE ttl IS NULL AND ts <= ?1 ORDER BY ts LIMIT ?2";

    /// <summary>
    /// What changed after a position up to the range's own, in the order of the transactions. Other ranges have used the same LSNs, so a range that is far
    /// behind them must not walk through all that they have more.
    /// </summary>
    public string ScanChanges => field ??=
        $"SELECT {Columns} FROM {_documents} INDEXED BY {_documents}_lsn WHERE lsn > ?3 AND lsn <= ?4 AND epk >= ?1 AND epk < ?2 ORDER BY lsn, number";

    /// <summary>The same for a narrow stretch, as creation numbers: nothing but numbers is sorted.</summary>
    public string ScanChangedNumbers => field ??=
        $"SELECT number FROM {_documents} INDEXED BY {_documents}_id WHERE epk >= ?1 AND epk < ?2 AND lsn > ?3 AND lsn <= ?4 ORDER BY lsn, number";
}
