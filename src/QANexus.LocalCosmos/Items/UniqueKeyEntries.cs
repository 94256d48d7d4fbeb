using System.Text.Json;
using QANexus.LocalCosmos.Containers;

namespace QANexus.LocalCosmos.Items;

/// <summary>The unique keys of a document as they are stored: each behind the number of its rule, so that values of two rules never meet.</summary>
internal static class UniqueKeyEntries
{
    public static IReadOnlyList<byte[]> Of(Container container, JsonElement document)
    {
        var values = container.Definition.UniqueKeys.Extract(document);
        var entries = new byte[values.Count][];
        for (var rule = 0; rule < entries.Length; rule++)
            entries[rule] = [(byte)rule, .. values[rule]];
        return entries;
    }
}
