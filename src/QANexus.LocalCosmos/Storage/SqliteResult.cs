using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace QANexus.LocalCosmos.Storage;

/// <summary>What SQLite's own interface answers with.</summary>
internal static class SqliteResult
{
    /// <exception cref="StoreException">The file is damaged.</exception>
    /// <exception cref="SqliteException">Anything else that went wrong.</exception>
    public static void Check(int result, sqlite3 database)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
            return;
        // The extended codes have their family in the low byte.
        if ((result & 0xFF) == raw.SQLITE_CORRUPT)
            throw Damaged(database, raw.sqlite3_errmsg(database).utf8_to_string());
        SqliteException.ThrowExceptionForRC(result, database);
    }

    public static StoreException Damaged(sqlite3 database, string finding) =>
        new($"'{raw.sqlite3_db_filename(database, "main").utf8_to_string()}' is damaged: {finding}.");
}
