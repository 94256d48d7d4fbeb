using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class PatchTests
{
    private const string Original = """{"id":"1","tenantId":"t1","streamId":"s1","n":1,"tags":["a","c"],"obj":{"a":1,"b":{"c":2}},"type":"A"}""";

    [Theory, OverBothTransports]
    [Proves(Area.Items, "patch: every operation, and conditions")]
    public async Task All_operations_apply_in_order(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos);

        var patched = await container.PatchItemAsync<JsonObject>(
            "1",
            CosmosFixture.Key,
            [
                PatchOperation.Set("/type", "B"),
                PatchOperation.Increment("/n", 3),
                PatchOperation.Increment("/fresh", 2.5),
                PatchOperation.Add("/tags/-", "d"),
                PatchOperation.Add("/tags/1", "b"),
                PatchOperation.Remove("/obj/b"),
                PatchOperation.Replace("/type", "C"),
                PatchOperation.Move("/obj/a", "/moved"),
                PatchOperation.Set("/added", (string?)null),
            ]);

        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal("C", (string?)patched.Resource["type"]);
        Assert.Equal(4, (double?)patched.Resource["n"]);
        Assert.Equal(2.5, (double?)patched.Resource["fresh"]);
        Assert.Equal("""["a","b","c","d"]""", patched.Resource["tags"]!.ToJsonString());
        Assert.Equal("{}", patched.Resource["obj"]!.ToJsonString());
        Assert.Equal(1, (double?)patched.Resource["moved"]);
        Assert.True(patched.Resource.ContainsKey("added"));
        var read = await container.ReadItemAsync<JsonObject>("1", CosmosFixture.Key);
        Assert.Equal(patched.Resource.ToJsonString(), read.Resource.ToJsonString());
        Assert.Equal(patched.ETag, read.ETag);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "patch: every operation, and conditions")]
    public async Task A_condition_decides(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos);
        PatchOperation[] increment = [PatchOperation.Increment("/n", 1)];

        var met = await container.PatchItemAsync<JsonObject>(
            "1", CosmosFixture.Key, increment, new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.n = 1" });
        var exception = await Assert.ThrowsAsync<CosmosException>(() => container.PatchItemAsync<JsonObject>(
            "1", CosmosFixture.Key, increment, new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.n = 1" }));

        Assert.Equal(2, (double?)met.Resource["n"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "patch: every operation, and conditions")]
    public async Task What_a_patch_may_not_do_is_400_and_changes_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos);
        PatchOperation[][] refused =
        [
            [PatchOperation.Set("/n", 9), PatchOperation.Set("/id", "2")],
            [PatchOperation.Set("/n", 9), PatchOperation.Set("/streamId", "s2")],
            [PatchOperation.Set("/n", 9), PatchOperation.Remove("/none")],
            [PatchOperation.Set("/n", 9), PatchOperation.Replace("/none", 1)],
            [PatchOperation.Set("/n", 9), PatchOperation.Add("/tags/9", 1)],
            [PatchOperation.Set("/n", 9), PatchOperation.Increment("/type", 1)],
            [PatchOperation.Set("/n", 9), PatchOperation.Set("/none/below", 1)],
            [PatchOperation.Set("/n", 9), PatchOperation.Move("/none", "/other")],
            [.. Enumerable.Range(0, 11).Select(i => PatchOperation.Set($"/p{i}", i))],
        ];

        foreach (var operations in refused)
        {
            var exception = await Assert.ThrowsAsync<CosmosException>(
                () => container.PatchItemAsync<JsonObject>("1", CosmosFixture.Key, operations));
            Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        }

        using var read = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        using var document = await JsonDocument.ParseAsync(read.Content);
        Assert.StartsWith(Original[..^1], document.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    public async Task A_patch_without_content_response_returns_the_etag_only(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos);

        var patched = await container.PatchItemAsync<JsonObject>(
            "1", CosmosFixture.Key, [PatchOperation.Set("/n", 2)], new PatchItemRequestOptions { EnableContentResponseOnWrite = false });

        Assert.Null(patched.Resource);
        Assert.NotEmpty(patched.ETag);
    }

    private static async Task<Container> CreateAsync(CosmosFixture cosmos)
    {
        var container = await cosmos.CreateContainerAsync();
        using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8(Original), CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return container;
    }
}
