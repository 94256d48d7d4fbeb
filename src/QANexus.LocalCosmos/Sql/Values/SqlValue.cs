using System.Text;

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>
/// A value during evaluation. Arrays and objects that come from a document stay a slice of its JSON text and are looked into only where the
/// query asks; those that the query constructs are lists. Strings are unescaped UTF-8, whose byte order is the order of the language.
/// </summary>
internal readonly struct SqlValue
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly object? _composite;

    private SqlValue(SqlType type, double number, ReadOnlyMemory<byte> text, object? composite)
    {
        Type = type;
        Number = number;
        _text = text;
        _composite = composite;
    }

    public static SqlValue Undefined => default;

    public static SqlValue Null { get; } = new(SqlType.Null, 0, default, null);

    public static SqlValue True { get; } = new(SqlType.Boolean, 1, default, null);

    public static SqlValue False { get; } = new(SqlType.Boolean, 0, default, null);

    public SqlType Type { get; }

    /// <summary>The number, or 1 and 0 for true and false.</summary>
    public double Number { get; }

    public bool IsDefined => Type != SqlType.Undefined;

    public bool IsTrue => Type == SqlType.Boolean && Number != 0;

    public bool IsFalse => Type == SqlType.Boolean && Number == 0;

    public bool IsNumber => Type == SqlType.Number;

    public bool IsString => Type == SqlType.String;

    public bool IsArray => Type == SqlType.Array;

    public bool IsObject => Type == SqlType.Object;

    /// <summary>An array or object that is still the JSON text of a document or parameter.</summary>
    public bool IsRaw => _composite is null && Type >= SqlType.Array;

    /// <summary>The unescaped UTF-8 of a string; the JSON text of a raw array or object; the text a number had, empty for a computed one.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    public IReadOnlyList<SqlValue> Items => (IReadOnlyList<SqlValue>)_composite!;

    public IReadOnlyList<SqlMember> Members => (IReadOnlyList<SqlMember>)_composite!;

    public static SqlValue FromBoolean(bool value) => value ? True : False;

    public static SqlValue FromNumber(double value) => new(SqlType.Number, value, default, null);

    /// <summary>A number that keeps the text it was written with, so that a projected property reads as it was stored.</summary>
    public static SqlValue FromNumber(double value, ReadOnlyMemory<byte> text) => new(SqlType.Number, value, text, null);

    public static SqlValue FromString(string value) => FromString(Encoding.UTF8.GetBytes(value));

    public static SqlValue FromString(ReadOnlyMemory<byte> utf8) => new(SqlType.String, 0, utf8, null);

    public static SqlValue FromArray(IReadOnlyList<SqlValue> items) => new(SqlType.Array, 0, default, items);

    public static SqlValue FromObject(IReadOnlyList<SqlMember> members) => new(SqlType.Object, 0, default, members);

    public static SqlValue FromRawArray(ReadOnlyMemory<byte> json) => new(SqlType.Array, 0, json, null);

    public static SqlValue FromRawObject(ReadOnlyMemory<byte> json) => new(SqlType.Object, 0, json, null);

    public string AsString() => Encoding.UTF8.GetString(_text.Span);
}
