using System.Globalization;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>A logical partition of which a reader has not been given the changes from an LSN on.</summary>
/// <param name="Key">The partition.</param>
/// <param name="FromLsn">The first change that is missing.</param>
/// <param name="Pages">How many more pages it waits; null where pages do not matter.</param>
/// <param name="DueAt">Milliseconds since 1970 at which it waits no longer; null where time does not matter.</param>
internal sealed record WithheldPartition(EffectivePartitionKey Key, long FromLsn, int? Pages, long? DueAt)
{
    private const char Separator = '.';
    private const string None = "-";

    public WithheldPartition OnNextPage() => this with { Pages = Pages - 1 };

    public bool IsDue(DateTimeOffset now) => Pages <= 0 || DueAt <= now.ToUnixTimeMilliseconds();

    /// <summary>Null for a text that <see cref="ToString"/> did not print.</summary>
    public static WithheldPartition? TryParse(string text) =>
        text.Split(Separator) is [var hex, var from, var pages, var dueAt]
        && EffectivePartitionKey.TryParse(hex, out var key)
        && TryReadNumber(from, out var fromLsn) && fromLsn is not null
        && TryReadNumber(pages, out var left) && left is null or <= int.MaxValue
        && TryReadNumber(dueAt, out var due)
            ? new WithheldPartition(key, fromLsn.Value, (int?)left, due)
            : null;

    public override string ToString() => string.Join(Separator, Key, Print(FromLsn), Print(Pages), Print(DueAt));

    private static string Print(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static bool TryReadNumber(string text, out long? number)
    {
        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        return number is not null || text == None;
    }
}
