namespace QANexus.LocalCosmos.Resources;

/// <summary>
/// The entries of a feed, JSON each, kept where they are until the answer is written: an answer of megabytes is then made once, of the size that it has, and
/// not grown and copied on the way.
/// </summary>
internal sealed class JsonEntries
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];

    public int Count => _entries.Count;

    /// <summary>The length of the array that they make, in bytes.</summary>
    public int ArrayBytes { get; private set; } = 2;

    /// <summary>Adds an entry, whose bytes must not change any more.</summary>
    public void Add(ReadOnlyMemory<byte> entry)
    {
        ArrayBytes += entry.Length + (Count == 0 ? 0 : 1);
        _entries.Add(entry);
    }

    /// <summary>Writes them as a JSON array of <see cref="ArrayBytes"/> bytes.</summary>
    public void WriteArray(Span<byte> destination)
    {
        var position = 0;
        destination[position++] = (byte)'[';
        foreach (var entry in _entries)
        {
            if (position > 1)
                destination[position++] = (byte)',';
            entry.Span.CopyTo(destination[position..]);
            position += entry.Length;
        }

        destination[position] = (byte)']';
    }
}
