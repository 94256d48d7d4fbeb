using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>
/// The SDK's continuation of a change feed: <c>{"V":2,"Rid":…,"Continuation":[{"FeedRange":{"type":…,"value":…},"State":…}, …]}</c>, one entry for each
/// part of the hash space that is read for itself. It names the tenant until a split falls inside the tenant's keys, and then ranges.
/// </summary>
internal static class FeedContinuation
{
    private const string KeyType = "Logical Partition Key";

    /// <summary>Hexadecimal digits of the hash of one level of the partition key.</summary>
    private const int HashDigits = 32;

    /// <summary>Behind everything that begins with a key's hash.</summary>
    private const string EndOfPrefix = "FF";

    /// <summary>
    /// Cuts ranges back to the tenant's. After a split inside of them the SDK (3.64) goes on with all of the new physical partitions, neighbours of
    /// the tenant included: what it reads of them is nobody's business here, and would be paid for on every page.
    /// </summary>
    public static string Narrow(string continuation)
    {
        var root = JsonNode.Parse(continuation)!;
        var ranges = Entries(root).Select(static entry => entry["FeedRange"]!).Where(static range => !IsKey(range)).Select(Bounds).ToList();
        if (ranges.Count < 2)
        {
            return continuation;
        }

        // All of these ranges hold keys of the tenant, so where two of them meet is inside the tenant's keys, which share their first hash.
        var ends = ranges.Select(static range => Text(range, "max")).ToHashSet(StringComparer.Ordinal);
        var inside = ranges.Select(static range => Text(range, "min")).FirstOrDefault(min => min.Length >= HashDigits && ends.Contains(min));
        if (inside is null)
        {
            return continuation;
        }

        var first = inside[..HashDigits];
        var end = first + EndOfPrefix;
        foreach (var range in ranges)
        {
            range["min"] = Max(Text(range, "min"), first);
            range["max"] = string.CompareOrdinal(Text(range, "max"), end) > 0 ? end : Text(range, "max");
        }

        return root.ToJsonString();
    }

    /// <summary>The beginning of the same container's feed, which no continuation of the SDK names.</summary>
    public static string BeginningOf(string continuation)
    {
        var root = JsonNode.Parse(continuation)!;
        foreach (var entry in Entries(root))
        {
            entry["State"] = new JsonObject { ["type"] = "beginning" };
        }

        return root.ToJsonString();
    }

    /// <exception cref="InvalidFeedPositionException">It is no continuation, or names another tenant.</exception>
    public static void Require(string continuation, TenantId tenant)
    {
        try
        {
            var key = $"[\"{tenant.Value}\"]";
            if (Entries(JsonNode.Parse(continuation)!).All(entry => !IsKey(entry["FeedRange"]!) || Text(entry["FeedRange"]!, "value") == key))
            {
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidFeedPositionException("The position is not one of an event feed.", exception);
        }

        throw new InvalidFeedPositionException("The position belongs to another tenant's feed.");
    }

    private static IEnumerable<JsonNode> Entries(JsonNode root) => root["Continuation"]!.AsArray().Select(static entry => entry!);

    private static bool IsKey(JsonNode range) => Text(range, "type") == KeyType;

    private static JsonNode Bounds(JsonNode range) => range["value"]!;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Max(string left, string right) => string.CompareOrdinal(left, right) >= 0 ? left : right;
}
