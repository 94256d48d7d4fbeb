using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>
/// What a query or feed is about: a stretch of the hash space inside one physical partition. It may be a single key, or all that the partition has.
/// </summary>
internal sealed record FeedScope(PartitionKeyRange Range, EffectivePartitionKeyRange Keys, bool IsLogicalPartition, bool IsWholeRange);

/// <summary>Finds the scope that the headers of a request name.</summary>
internal static class ScopedRanges
{
    private const string EpkRange = "EffectivePartitionKeyRange";

    // The JavaScript SDK sends every query without a scope first, and asks for its plan when the refusal has these words.
    private const string CrossPartition = "Cross partition query only supports";

    /// <exception cref="RequestRefusedException">400: no scope; 410/1002: its physical partition has been split.</exception>
    public static FeedScope Of(DataRequest data)
    {
        if (data.Header(CosmosHeaders.PartitionKey) is { } json)
            return OfKey(data, json);
        if (data.Header(CosmosHeaders.PartitionKeyRangeId) is not { } id)
        {
            return data.Container.Ranges is [var only]
                ? new FeedScope(only, only.Keys, IsLogicalPartition: false, IsWholeRange: true)
                : throw RequestRefusedException.BadRequest(
                    CrossPartition + " what one physical partition can answer: name one of them, or a partition key.",
                    SubStatusCodes.CrossPartitionQueryNotServable);
        }

        var range = data.Container.FindRange(id) ?? throw Gone(id);
        if (!string.Equals(data.Header(CosmosHeaders.ReadKeyType), EpkRange, StringComparison.OrdinalIgnoreCase))
            return new FeedScope(range, range.Keys, IsLogicalPartition: false, IsWholeRange: true);
        var keys = new EffectivePartitionKeyRange(
            ParseBound(data.Header(CosmosHeaders.StartEpk) ?? ""), ParseBound(data.Header(CosmosHeaders.EndEpk) ?? "FF")).Intersect(range.Keys);
        return new FeedScope(range, keys, IsLogicalPartition: false, IsWholeRange: keys == range.Keys);
    }

    /// <summary>The scope of a feed that goes over all physical partitions where the request names none; the first one answers for them.</summary>
    public static FeedScope OfFeed(DataRequest data) =>
        data.Header(CosmosHeaders.PartitionKey) is null && data.Header(CosmosHeaders.PartitionKeyRangeId) is null
            ? new FeedScope(
                data.Container.Ranges[0], new EffectivePartitionKeyRange(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum),
                IsLogicalPartition: false, IsWholeRange: true)
            : Of(data);

    public static RequestRefusedException Gone(string id) =>
        new(410, $"The partition key range '{id}' is gone; the container's ranges have changed.", SubStatusCodes.PartitionKeyRangeGone);

    private static FeedScope OfKey(DataRequest data, string json)
    {
        var definition = data.Container.Definition.PartitionKey;
        if (definition.Kind == PartitionKeyKind.MultiHash && PartitionKeyValue.TryParse(json, out var prefix)
            && prefix.Components.Count > 0 && prefix.Components.Count < definition.Paths.Count)
            return OfPrefix(data, prefix);
        var key = EffectivePartitionKey.Of(ItemKey.Parse(json, data.Container), definition.Kind);
        // A key is a stretch that ends before anything that continues it.
        return new FeedScope(
            data.Container.RangeOf(key), new EffectivePartitionKeyRange(key, key.EndOfPrefix()), IsLogicalPartition: true, IsWholeRange: false);
    }

    private static FeedScope OfPrefix(DataRequest data, PartitionKeyValue prefix)
    {
        var keys = EffectivePartitionKeyRange.OfPrefix(prefix);
        var range = data.Header(CosmosHeaders.PartitionKeyRangeId) is { } id
            ? data.Container.FindRange(id) ?? throw Gone(id)
            : data.Container.RangeOf(keys.Min);
        if (data.Header(CosmosHeaders.PartitionKeyRangeId) is null && keys.Max > range.Keys.Max)
            throw RequestRefusedException.BadRequest("The prefix of the partition key lies on several physical partitions; the request must name one of them.");
        return new FeedScope(range, keys.Intersect(range.Keys), IsLogicalPartition: false, IsWholeRange: false);
    }

    private static EffectivePartitionKey ParseBound(string hex) => EffectivePartitionKey.TryParse(hex, out var bound)
        ? bound
        : throw RequestRefusedException.BadRequest($"'{hex}' is not an effective partition key.");
}
