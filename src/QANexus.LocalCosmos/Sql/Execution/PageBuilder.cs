using System.Runtime.InteropServices;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>Collects the rows of a page: at most so many, and about 4 MiB, the service's limit of a response.</summary>
internal sealed class PageBuilder
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int DefaultMaxItems = 1000;

    private readonly JsonEntries _rows = new();
    private readonly int _maxItems;

    public PageBuilder(int maxItems) => _maxItems = maxItems > 0 ? maxItems : DefaultMaxItems;

    public int Count => _rows.Count;

    public int MaxItems => _maxItems;

    public bool IsFull => Count == _maxItems;

    public int LoadedDocuments { get; private set; }

    public long LoadedBytes { get; private set; }

    /// <summary>Adds a row unless it would make the page too large. A page holds at least one row, however large.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> row)
    {
        if (Count > 0 && _rows.ArrayBytes + row.Length + 1 > MaxBytes)
            return false;
        _rows.Add(row);
        return true;
    }

    public bool TryAdd(SqlValue row) => TryAdd(row.IsRaw ? Detach(row.Text) : SqlValueWriter.ToJson(row));

    public void CountLoaded(int documents, long bytes)
    {
        LoadedDocuments += documents;
        LoadedBytes += bytes;
    }

    public QueryPage Build(Position? next) => new(_rows, next?.ToString(), LoadedDocuments, LoadedBytes);

    /// <summary>The row itself where it is most of its document; a small part would keep a large document alive until the page is written.</summary>
    private static ReadOnlyMemory<byte> Detach(ReadOnlyMemory<byte> row) =>
        MemoryMarshal.TryGetArray(row, out var slice) && slice.Array!.Length <= 2 * row.Length ? row : row.ToArray();
}
