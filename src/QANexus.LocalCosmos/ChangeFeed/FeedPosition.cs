using System.Collections.Immutable;
using System.Globalization;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>
/// How far a reader of the change feed has come: the LSN up to which everything has been delivered, except for the logical partitions that an
/// injected fault withholds. Printed as an ETag, <c>"42"</c>, or with what is withheld behind it: <c>"42~…~…"</c>. It is all a reader has, so
/// it stays right for several of them, across splits (each child takes the part that it serves) and restarts.
/// </summary>
internal sealed record FeedPosition(long Lsn, ImmutableArray<WithheldPartition> Withheld)
{
    private const char Separator = '~';

    public FeedPosition(long lsn)
        : this(lsn, [])
    {
    }

    public static FeedPosition Beginning { get; } = new(0);

    public static bool TryParse(string etag, out FeedPosition position)
    {
        position = Beginning;
        var parts = etag.Trim('"').Split(Separator);
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var lsn)
            || parts.Length - 1 > Faults.LateFeedFault.MaxWithheld)
            return false;
        var withheld = ImmutableArray.CreateBuilder<WithheldPartition>(parts.Length - 1);
        foreach (var part in parts.AsSpan(1))
        {
            if (WithheldPartition.TryParse(part) is not { } partition)
                return false;
            withheld.Add(partition);
        }

        position = new FeedPosition(lsn, withheld.MoveToImmutable());
        return true;
    }

    public override string ToString() =>
        $"\"{string.Join(Separator, Withheld.Select(partition => partition.ToString()).Prepend(Lsn.ToString(CultureInfo.InvariantCulture)))}\"";
}
