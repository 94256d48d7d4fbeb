using System.Collections.Immutable;

namespace QANexus.Domain.Json;

internal static class ImmutableArrays
{
    /// <summary>A list that the JSON of an event does not have is an empty one.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
