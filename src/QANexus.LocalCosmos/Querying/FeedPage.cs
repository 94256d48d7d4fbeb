using System.Globalization;
using System.Text;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Querying;

/// <summary>Documents on their way into a page of a feed, and what the page costs.</summary>
internal sealed class FeedPage
{
    /// <summary>
    /// A page ends when it has this many bytes, whatever number of items was asked for. The service's limit is 4 MiB, and clients must take less from it
    /// at any time; whoever follows a feed holds a page several times over, as bytes, text and objects.
    /// </summary>
    public const int MaxBytes = 512 * 1024;

    private readonly List<int> _sizes = [];

    public JsonEntries Entries { get; } = new();

    public int Count => Entries.Count;

    public long LastNumber { get; private set; }

    public long LastLsn { get; private set; }

    /// <summary>The point reads of what is on the page, and at least the one that found nothing.</summary>
    public double Charge => Count == 0 ? RequestCharge.PointRead(0) : RequestCharge.FeedPage(_sizes);

    public bool IsFull(int maxItems) => Count >= maxItems || Entries.ArrayBytes >= MaxBytes;

    public void Add(DocumentRow row) => Append(row, row.Body);

    /// <summary>Adds the document with the LSN of its last write, as change feeds show it.</summary>
    public void AddChange(DocumentRow row)
    {
        var tail = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_lsn\":{row.Lsn}}}"));
        var entry = new byte[row.Body.Length - 1 + tail.Length];
        row.Body.AsSpan(0, row.Body.Length - 1).CopyTo(entry);
        tail.CopyTo(entry, row.Body.Length - 1);
        Append(row, entry);
    }

    /// <summary>Adds an entry that is more than a document.</summary>
    public void Add(ReadOnlyMemory<byte> entry, long lsn) => Append(entry, entry.Length, lsn);

    private void Append(DocumentRow row, ReadOnlyMemory<byte> entry)
    {
        Append(entry, row.Size, row.Lsn);
        LastNumber = row.Number;
    }

    private void Append(ReadOnlyMemory<byte> entry, int size, long lsn)
    {
        Entries.Add(entry);
        _sizes.Add(size);
        LastLsn = lsn;
    }
}
