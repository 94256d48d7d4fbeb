using System.Globalization;
using Microsoft.Data.Sqlite;

namespace QANexus.LocalCosmos.Storage;

/// <summary>The folder of a durable store, owned by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    // The writer's cache holds the inner pages of every index, so that an insert at a random key reads at most its leaf.
    private const int WriterCacheKibibytes = 32_768;
    private const int ReaderCacheKibibytes = 8_192;

    // Somebody may look into the file with a tool of theirs.
    private const string BusyTimeout = "PRAGMA busy_timeout = 5000;";

    private readonly FileStream _ownership;
    private readonly string _file;

    private DataDirectory(FileStream ownership, string file, AcknowledgedMark mark)
    {
        _ownership = ownership;
        _file = file;
        Mark = mark;
    }

    /// <summary>What the store has promised.</summary>
    public AcknowledgedMark Mark { get; }

    /// <exception cref="StoreException">Not writable, or in use by another process.</exception>
    public static DataDirectory Own(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var ownership = Lock(Path.Combine(path, "lock"));
            try
            {
                return new DataDirectory(ownership, Path.Combine(path, "cosmos.db"), AcknowledgedMark.Open(Path.Combine(path, "acknowledged")));
            }
            catch
            {
                ownership.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data directory '{path}' cannot be used: {failure.Message}", failure);
        }
    }

    /// <exception cref="StoreException">The file is foreign, newer or damaged. It is left as it is.</exception>
    public StoreConnection OpenWriter(bool isChecked, Action<StoreConnection>? verify)
    {
        StoreConnection? connection = null;
        try
        {
            RefusePartOfPage();
            RefuseMissingFile();
            connection = StoreConnection.Open(_file, SqliteOpenMode.ReadWriteCreate);
            connection.KeepLogOnClose(true);
            connection.Run(BusyTimeout);
            var isNew = connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
            Verify(connection, isNew);
            RefuseLostCommits(connection, isNew);
            if (isChecked)
                CheckStructure(connection);
            connection.Run($"PRAGMA page_size = {Schema.PageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{WriterCacheKibibytes}; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;");
            if (isNew)
                Initialize(connection);
            verify?.Invoke(connection);
            connection.KeepLogOnClose(false);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw new StoreException($"'{_file}' cannot be read as a LocalCosmos store: {failure.Message}", failure);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public StoreConnection OpenReader()
    {
        var connection = StoreConnection.Open(_file, SqliteOpenMode.ReadWrite);
        // Read-write in the file's eyes, as WAL readers may have to rebuild the shared index; read-only in ours.
        connection.Run($"{BusyTimeout} PRAGMA query_only = ON; PRAGMA cache_size = -{ReaderCacheKibibytes};");
        return connection;
    }

    public void Dispose()
    {
        Mark.Dispose();
        _ownership.Dispose();
    }

    private static FileStream Lock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (File.Exists(file))
        {
            throw new StoreException($"The data directory '{Path.GetDirectoryName(file)}' is in use by another process.", failure);
        }
    }

    private void Initialize(StoreConnection connection)
    {
        // First, so that a database with tables always has a mark beside it.
        Mark.Write(0);
        Mark.Flush();
        // All or nothing: a process killed here leaves a file without tables, which the next one takes for new.
        connection.Execute("BEGIN IMMEDIATE");
        Schema.Create(connection);
        connection.Execute("COMMIT");
    }

    // SQLite rounds the file up to whole pages and takes what is missing of the last one for zeros. Beside a journal it will mend that itself.
    private void RefusePartOfPage()
    {
        var length = File.Exists(_file) ? new FileInfo(_file).Length : 0;
        var hasJournal = HasContent(_file + "-wal") || HasContent(_file + "-journal");
        if (length % Schema.PageSize != 0 && !hasJournal)
            throw new StoreException($"'{_file}' is damaged, or not a LocalCosmos store: it ends in the middle of a page.");

        static bool HasContent(string journal) => new FileInfo(journal) is { Exists: true, Length: > 0 };
    }

    private void RefuseMissingFile()
    {
        if (Mark.Commit > 0 && new FileInfo(_file) is not { Exists: true, Length: > 0 })
            throw new StoreException($"'{_file}' is missing or empty, though '{Mark.Path}' says that writes to it have been acknowledged.");
    }

    // Without the writes at its end the store would be whole in SQLite's eyes, and in its clients' eyes it would have forgotten what it promised.
    private void RefuseLostCommits(StoreConnection connection, bool isNew)
    {
        if (Mark.Commit is null && !isNew)
            throw new StoreException($"'{Mark.Path}' is missing or empty: nothing tells whether '{_file}' still has every acknowledged write.");
        var acknowledged = Mark.Commit ?? 0;
        // Its row may be what was lost.
        var last = isNew ? 0 : connection.Scalar("SELECT coalesce(max(number), -1) FROM commits");
        if (last < acknowledged)
        {
            throw new StoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{_file}' or its log is damaged: it ends at commit {last}, and commits up to {acknowledged} have been acknowledged."));
        }
    }

    private void CheckStructure(StoreConnection connection)
    {
        using var findings = connection.Prepare("PRAGMA integrity_check(1)");
        if (findings.Step() && findings.Text(0) is var finding && finding != "ok")
            throw new StoreException($"'{_file}' is damaged: {finding.ReplaceLineEndings(" ")}");
    }

    private void Verify(StoreConnection connection, bool isNew)
    {
        var application = connection.Scalar("PRAGMA application_id");
        if (isNew && application == 0)
            return;
        if (application != Schema.ApplicationId)
            throw new StoreException($"'{_file}' is another program's database, not a LocalCosmos store.");
        var version = connection.Scalar("PRAGMA user_version");
        if (version != Schema.Version)
        {
            throw new StoreException(
                $"'{_file}' is a LocalCosmos store of version {version}, and this build reads version {Schema.Version}.");
        }

        if (SchemaCheck.Find(connection) is { } finding)
            throw new StoreException($"'{_file}' is damaged, or another program has changed its tables: {finding.ReplaceLineEndings(" ")}");
    }
}
