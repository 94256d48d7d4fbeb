using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ItemIdTests
{
    public static TheoryData<string> Odd => new()
    {
        "a b", "ä", "日本", "😀", "a+b", "a:b;c,d=e&f", "(x)", "a'b\"c", "@!$*~", "a.b", "...", "[1]", "{x}", "<a>", "a|b^`", "-", "_", new string('x', 1023),
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_id_is_stored_read_replaced_patched_and_deleted_in_process(string id) => await RoundTripAsync(Transport.InProcess, id);

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_id_is_stored_read_replaced_patched_and_deleted_on_a_port(string id) => await RoundTripAsync(Transport.Port, id);

    [Theory, OverBothTransports]
    public async Task Ids_compare_byte_by_byte(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        foreach (var id in new[] { "a", "A", "\u00e4", "a\u0308" })
            await container.CreateItemAsync(new Item(id, "t1", "s1"), CosmosFixture.Key);

        Assert.Equal("a\u0308", (await container.ReadItemAsync<Item>("a\u0308", CosmosFixture.Key)).Resource.Id);
    }

    private static async Task RoundTripAsync(Transport transport, string id)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var item = new Item(id, "t1", "s1");

        await container.CreateItemAsync(item, CosmosFixture.Key);
        Assert.Equal(item, (await container.ReadItemAsync<Item>(id, CosmosFixture.Key)).Resource);
        await container.ReplaceItemAsync(item with { N = 1 }, id, CosmosFixture.Key);
        Assert.Equal(2, (await container.PatchItemAsync<Item>(id, CosmosFixture.Key, [PatchOperation.Increment("/n", 1)])).Resource.N);
        Assert.Equal(HttpStatusCode.NoContent, (await container.DeleteItemAsync<Item>(id, CosmosFixture.Key)).StatusCode);
    }
}
