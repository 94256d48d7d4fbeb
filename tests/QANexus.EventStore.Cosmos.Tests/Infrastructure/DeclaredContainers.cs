using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The containers that the code declares, in the words of the resource manager.</summary>
internal static class DeclaredContainers
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson(IEnumerable<ContainerProperties> containers) =>
        new JsonArray([.. containers.Select(Describe)]).ToJsonString(Options) + "\n";

    private static JsonObject Describe(ContainerProperties container)
    {
        var resource = new JsonObject
        {
            ["id"] = container.Id,
            ["partitionKey"] = new JsonObject
            {
                ["paths"] = Texts(container.PartitionKeyPaths),
                ["kind"] = container.PartitionKeyPaths.Count > 1 ? "MultiHash" : "Hash",
                ["version"] = 2,
            },
            ["indexingPolicy"] = new JsonObject
            {
                ["automatic"] = true,
                ["indexingMode"] = "consistent",
                ["includedPaths"] = Paths(container.IndexingPolicy.IncludedPaths.Select(static path => path.Path)),
                ["excludedPaths"] = Paths(container.IndexingPolicy.ExcludedPaths.Select(static path => path.Path)),
            },
        };
        if (container.IndexingPolicy.CompositeIndexes.Count > 0)
        {
            resource["indexingPolicy"]!["compositeIndexes"] = new JsonArray(
                [.. container.IndexingPolicy.CompositeIndexes.Select(static index => new JsonArray([.. index.Select(Describe)]))]);
        }

        if (container.UniqueKeyPolicy.UniqueKeys.Count > 0)
        {
            resource["uniqueKeyPolicy"] = new JsonObject
            {
                ["uniqueKeys"] = new JsonArray(
                    [.. container.UniqueKeyPolicy.UniqueKeys.Select(static key => new JsonObject { ["paths"] = Texts(key.Paths) })]),
            };
        }

        if (container.DefaultTimeToLive is { } timeToLive)
        {
            resource["defaultTtl"] = timeToLive;
        }

        return resource;
    }

    private static JsonObject Describe(CompositePath path) =>
        new() { ["path"] = path.Path, ["order"] = path.Order is CompositePathSortOrder.Ascending ? "ascending" : "descending" };

    private static JsonArray Paths(IEnumerable<string> paths) => new([.. paths.Select(static path => new JsonObject { ["path"] = path })]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);
}
