using System.Text;
using SQLitePCL;

namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// A prepared statement on loan from its connection: bind, step, read columns, dispose to give it back. It talks to SQLite's own
/// interface because every operation of the server passes here, and boxing parameters into objects costs more than the statements themselves.
/// </summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle, Stack<Statement> home) : IDisposable
{
    public Statement Bind(int index, long value) => Checked(raw.sqlite3_bind_int64(handle, index, value));

    public Statement Bind(int index, long? value) => value is { } number ? Bind(index, number) : Checked(raw.sqlite3_bind_null(handle, index));

    public Statement Bind(int index, string value) =>
        // With its length, as ids may contain the character that would end it.
        Checked(raw.sqlite3_bind_text(handle, index, Encoding.UTF8.GetBytes(value)));

    public Statement Bind(int index, ReadOnlySpan<byte> value) =>
        // An empty span has no address, and SQLite takes a blob without an address for NULL.
        Checked(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));

    /// <summary>Moves to the next row; false after the last.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        SqliteResult.Check(result, database);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement of which no row is wanted.</summary>
    public void Execute() => Step();

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public long? OptionalInteger(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Integer(column);

    public string Text(int column) => Encoding.UTF8.GetString(BlobSpan(column));

    public byte[] Blob(int column) => BlobSpan(column).ToArray();

    public byte[]? OptionalBlob(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Blob(column);

    /// <summary>The column's bytes where SQLite keeps them: valid until the next step.</summary>
    public ReadOnlySpan<byte> BlobSpan(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose()
    {
        // The result repeats the error of the last step, which has been thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
        home.Push(this);
    }

    public void Close() => handle.Dispose();

    /// <summary>The failure that a row calls for which cannot be right.</summary>
    public StoreException Damaged(string finding) => SqliteResult.Damaged(database, finding);

    private Statement Checked(int result)
    {
        SqliteResult.Check(result, database);
        return this;
    }
}
