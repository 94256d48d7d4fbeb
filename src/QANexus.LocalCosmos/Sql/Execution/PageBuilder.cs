using System.Buffers;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>Collects the rows of a page: at most so many, and about 4 MiB, the service's limit of a response.</summary>
internal sealed class PageBuilder
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int DefaultMaxItems = 1000;

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly int _maxItems;

    public PageBuilder(int maxItems)
    {
        _maxItems = maxItems > 0 ? maxItems : DefaultMaxItems;
        _output.Write("["u8);
    }

    public int Count { get; private set; }

    public int MaxItems => _maxItems;

    public bool IsFull => Count == _maxItems;

    public int LoadedDocuments { get; private set; }

    public long LoadedBytes { get; private set; }

    /// <summary>Adds a row unless it would make the page too large. A page holds at least one row, however large.</summary>
    public bool TryAdd(ReadOnlySpan<byte> row)
    {
        if (Count > 0 && _output.WrittenCount + row.Length + 2 > MaxBytes)
            return false;
        if (Count++ > 0)
            _output.Write(","u8);
        _output.Write(row);
        return true;
    }

    public bool TryAdd(SqlValue row) => TryAdd(row.IsRaw ? row.Text.Span : SqlValueWriter.ToJson(row));

    public void CountLoaded(int documents, long bytes)
    {
        LoadedDocuments += documents;
        LoadedBytes += bytes;
    }

    public QueryPage Build(Position? next)
    {
        _output.Write("]"u8);
        return new QueryPage(_output.WrittenMemory, Count, next?.ToString(), LoadedDocuments, LoadedBytes);
    }
}
