using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace QANexus.LocalCosmos.Storage;

/// <summary>One SQLite connection with its prepared statements. One thread at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    // Statements of containers that are gone would otherwise stay for ever.
    private const int MaxPrepared = 1024;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Stack<Statement>> _statements = new(StringComparer.Ordinal);
    private int _prepared;

    private StoreConnection(SqliteConnection connection) => _connection = connection;

    public static StoreConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new StoreConnection(connection);
    }

    /// <summary>A statement on loan; the same text may be on loan several times at once, as nested scans need.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var idle))
            _statements.Add(sql, idle = new Stack<Statement>());
        if (idle.TryPop(out var statement))
            return statement;
        if (_prepared == MaxPrepared)
            CloseIdle();
        var result = raw.sqlite3_prepare_v3(_connection.Handle!, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        SqliteResult.Check(result, _connection.Handle!);
        _prepared++;
        return new Statement(_connection.Handle!, handle, idle);
    }

    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        statement.Execute();
    }

    /// <summary>Runs a script that is not worth preparing, of any number of statements.</summary>
    public void Run(string script) => SqliteResult.Check(raw.sqlite3_exec(_connection.Handle!, script), _connection.Handle!);

    /// <summary>
    /// Whether closing the last connection moves the log into the database and removes it, as it normally does. A file that is to be refused must be
    /// left as it is.
    /// </summary>
    public void KeepLogOnClose(bool isKept) =>
        SqliteResult.Check(raw.sqlite3_db_config(_connection.Handle!, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isKept ? 1 : 0, out _), _connection.Handle!);

    /// <summary>The single integer that a statement answers with.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Integer(0) : throw new InvalidOperationException($"No row: {sql}");
    }

    /// <summary>The failure that tables call for which cannot be right.</summary>
    public StoreException Damaged(string finding) => SqliteResult.Damaged(_connection.Handle!, finding);

    /// <summary>Work that is undone when the scope ends without <see cref="Savepoint.Keep"/>.</summary>
    public Savepoint BeginSavepoint()
    {
        Execute("SAVEPOINT step");
        return new Savepoint(this);
    }

    public void Dispose()
    {
        CloseIdle();
        _connection.Dispose();
    }

    private void CloseIdle()
    {
        foreach (var idle in _statements.Values)
        {
            while (idle.TryPop(out var statement))
            {
                statement.Close();
                _prepared--;
            }
        }
    }
}
