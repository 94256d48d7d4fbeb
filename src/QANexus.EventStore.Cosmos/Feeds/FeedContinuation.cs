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
            var key = $"[\"{tenant.StorageKey}\"]";
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

    /// <summary>Whether it is of the container with this resource id; true where none is known.</summary>
    public static bool IsOf(string continuation, string? container) =>
        container is null || string.Equals(Text(JsonNode.Parse(continuation)!, "Rid"), container, StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Entries(JsonNode root) => root["Continuation"]!.AsArray().Select(static entry => entry!);

    private static bool IsKey(JsonNode range) => Text(range, "type") == KeyType;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
