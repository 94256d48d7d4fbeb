using System.Collections.Immutable;

namespace QANexus.ReadModels;

/// <summary>How many there are of each word; of what there is none there is no word.</summary>
internal static class Tally
{
    /// <summary>Nothing counted yet.</summary>
    public static ImmutableSortedDictionary<string, int> None { get; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>In the order of code points, whatever order it was read in.</summary>
    public static ImmutableSortedDictionary<string, T> InOrder<T>(this ImmutableSortedDictionary<string, T> items) => items.WithComparers(StringComparer.Ordinal);

    /// <summary>With so many more of a word, or fewer.</summary>
    public static ImmutableSortedDictionary<string, int> Count(this ImmutableSortedDictionary<string, int> tally, string word, int count)
    {
        var now = tally.GetValueOrDefault(word) + count;
        return now == 0 ? tally.Remove(word) : tally.SetItem(word, now);
    }
}
