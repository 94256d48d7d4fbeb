using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ReadManyTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Items, "ReadMany")]
    public async Task Items_of_many_hierarchical_keys_come_in_one_call_and_missing_ones_do_not(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 20_000);
        for (var i = 0; i < 30; i++)
            await container.CreateItemAsync(new Item($"i{i}", $"t{i}", "s") { N = i }, CosmosFixture.KeyOf($"t{i}", "s"));
        var wanted = Enumerable.Range(10, 30).Select(i => ($"i{i}", CosmosFixture.KeyOf($"t{i}", "s"))).ToList();

        var found = await container.ReadManyItemsAsync<Item>(wanted);

        Assert.Equal(Enumerable.Range(10, 20).Select(i => (double?)i), found.Select(item => item.N).Order());
        Assert.True(found.RequestCharge > 0);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ReadMany")]
    public async Task Items_of_one_id_under_many_keys_are_told_apart(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        for (var i = 0; i < 6; i++)
            await container.CreateItemAsync(new Item($"i{i % 2}", $"t{i / 2}", "s") { N = i }, CosmosFixture.KeyOf($"t{i / 2}", "s"));
        await container.CreateItemAsync(new Item("i0", "t0", "other") { N = 6 }, CosmosFixture.KeyOf("t0", "other"));

        var found = await container.ReadManyItemsAsync<Item>(
            [("i0", CosmosFixture.KeyOf("t0", "s")), ("i1", CosmosFixture.KeyOf("t2", "s")), ("i1", CosmosFixture.KeyOf("t3", "s")), ("i0", CosmosFixture.KeyOf("t0", "s"))]);

        Assert.Equal([0d, 5d], found.Select(item => item.N!.Value).Order());
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ReadMany")]
    public async Task Items_of_one_logical_partition_come_in_one_call(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync();
        foreach (var id in new[] { "a", "b", "c" })
            await container.CreateItemAsync(new { id, pk = "x" }, new PartitionKey("x"));

        var found = await container.ReadManyItemsAsync<JsonElement>([("a", new PartitionKey("x")), ("c", new PartitionKey("x")), ("c", new PartitionKey("y"))]);

        Assert.Equal(["a", "c"], found.Select(item => item.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Items, "ReadMany")]
    public async Task Items_of_a_container_keyed_by_id_come_in_one_call(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync("/id");
        foreach (var id in new[] { "a", "b", "c" })
            await container.CreateItemAsync(new { id }, new PartitionKey(id));

        var found = await container.ReadManyItemsAsync<JsonElement>([("a", new PartitionKey("a")), ("c", new PartitionKey("c")), ("d", new PartitionKey("d"))]);

        Assert.Equal(["a", "c"], found.Select(item => item.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory, OverBothTransports]
    public async Task A_single_pair_is_a_point_read(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        cosmos.Wire.Clear();

        var found = await container.ReadManyItemsAsync<Item>([("1", CosmosFixture.Key)]);

        Assert.Single(found);
        Assert.Equal(("GET", HttpStatusCode.OK), (cosmos.Wire.Items[^1].Method, cosmos.Wire.Items[^1].Status));
    }
}
