namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>A member of an object that the query constructed; the name is unescaped UTF-8.</summary>
internal readonly record struct SqlMember(ReadOnlyMemory<byte> Name, SqlValue Value);
