using System.Buffers;
using System.Globalization;
using System.Text;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Querying;

/// <summary>Documents on their way into a page of a feed, and what the page costs.</summary>
internal sealed class FeedPage
{
    /// <summary>A page ends when it has this many bytes, whatever number of items was asked for: the service's limit.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _array = new();
    private readonly List<int> _sizes = [];

    public int Count => _sizes.Count;

    public long LastNumber { get; private set; }

    public long LastLsn { get; private set; }

    /// <summary>The point reads of what is on the page, and at least the one that found nothing.</summary>
    public double Charge => Count == 0 ? RequestCharge.PointRead(0) : RequestCharge.FeedPage(_sizes);

    public bool IsFull(int maxItems) => Count >= maxItems || _array.WrittenCount >= MaxBytes;

    public void Add(DocumentRow row)
    {
        Append(row);
        _array.Write(row.Body);
    }

    /// <summary>Adds the document with the LSN of its last write, as change feeds show it.</summary>
    public void AddChange(DocumentRow row)
    {
        Append(row);
        _array.Write(row.Body.AsSpan(0, row.Body.Length - 1));
        _array.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_lsn\":{row.Lsn}}}")));
    }

    /// <summary>Adds an entry that is more than a document.</summary>
    public void Add(ReadOnlySpan<byte> entry, long lsn)
    {
        Append(entry.Length, lsn);
        _array.Write(entry);
    }

    public ReadOnlySpan<byte> ToJsonArray()
    {
        if (Count == 0)
            return "[]"u8;
        _array.Write("]"u8);
        return _array.WrittenSpan;
    }

    private void Append(DocumentRow row)
    {
        Append(row.Size, row.Lsn);
        LastNumber = row.Number;
    }

    private void Append(int size, long lsn)
    {
        _array.Write(Count == 0 ? "["u8 : ","u8);
        _sizes.Add(size);
        LastLsn = lsn;
    }
}
