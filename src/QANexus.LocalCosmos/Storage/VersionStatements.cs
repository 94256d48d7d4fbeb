using System.Globalization;

namespace QANexus.LocalCosmos.Storage;

/// <summary>The texts of the statements over one container's log of versions.</summary>
internal sealed class VersionStatements(long container)
{
    private readonly string _versions = string.Create(CultureInfo.InvariantCulture, $"versions_{container}");

    public string Append => field ??=
        $"INSERT INTO {_versions} (lsn, ts, kind, previous_lsn, epk, checksum, current, previous) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    /// <summary>What happened in a stretch of the hash space after a position, in the order in which it happened.</summary>
    public string ScanAfter => field ??=
        $"SELECT lsn, ts, kind, previous_lsn, epk, checksum, current, previous FROM {_versions} INDEXED BY {_versions}_lsn WHERE lsn > ?3 AND lsn <= ?4 AND epk >= ?1 AND epk < ?2 ORDER BY lsn, number";

    public string FirstTimeAfter => field ??=
        $"SELECT ts FROM {_versions} INDEXED BY {_versions}_lsn WHERE lsn > ?3 AND lsn <= ?4 AND epk >= ?1 AND epk < ?2 ORDER BY lsn, number LIMIT 1";

    /// <summary>The versions that have been in the log for longest.</summary>
    public string ScanOldest => field ??= $"SELECT number, lsn, ts, epk FROM {_versions} ORDER BY number LIMIT ?1";

    public string DeleteUpTo => field ??= $"DELETE FROM {_versions} WHERE number <= ?1";

    public string DeleteAll => field ??= $"DELETE FROM {_versions}";
}
