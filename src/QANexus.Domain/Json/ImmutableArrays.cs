using System.Collections.Immutable;

namespace QANexus.Domain.Json;

internal static class ImmutableArrays
{
    /// <summary>A list that the JSON of an event does not have is an empty one, and nothing is no element of it: the reader would let both pass.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) =>
        items.IsDefault ? []
        : default(T) is null && items.Contains(default!) ? items.RemoveAll(static item => item is null)
        : items;
}
