using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Indexing;

/// <summary>
/// What a document puts into the index: one term for each distinct pair of path and value, kept as a hash of the pair. The timestamp is
/// a term of its own that every write changes.
/// </summary>
internal sealed class IndexTerms(bool indexesTimestamp)
{
    private readonly HashSet<(ulong, ulong)> _terms = [];

    /// <summary>Terms to charge for, <c>_ts</c> included.</summary>
    public int Count => _terms.Count + (indexesTimestamp ? 1 : 0);

    /// <summary>Terms that go and terms that come when the one document becomes the other.</summary>
    public static int CountChanges(IndexTerms before, IndexTerms after)
    {
        var kept = before._terms.Count(after._terms.Contains);
        return before.Count + after.Count - (2 * kept);
    }

    public void Add(ReadOnlySpan<byte> pathAndValue) => _terms.Add(Murmur128.Hash(pathAndValue));
}
