using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class PartitionKeyTests
{
    private static readonly (string Name, string Json)[] s_values =
    [
        ("string", "\"ä b\""), ("empty", "\"\""), ("integer", "1"), ("same integer", "1.0"), ("fraction", "-2.5"), ("large", "1e300"),
        ("true", "true"), ("false", "false"), ("null", "null"), ("none", ""),
    ];

    public static TheoryData<Transport, string, string> Values
    {
        get
        {
            var data = new TheoryData<Transport, string, string>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                foreach (var (name, json) in s_values)
                    data.Add(transport, name, json);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    [Proves(Area.Containers, "partition keys of every type, null and none; hierarchical, nested and `/id`")]
    public async Task A_key_of_any_type_finds_its_item(Transport transport, string name, string json)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync();
        var body = json.Length == 0 ? $"{{\"id\":\"1\",\"name\":\"{name}\"}}" : $"{{\"id\":\"1\",\"name\":\"{name}\",\"pk\":{json}}}";

        using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8(body), Key(json));
        using var read = await container.ReadItemStreamAsync("1", Key(json));
        using var other = await container.ReadItemStreamAsync("1", new PartitionKey("other"));

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NotFound], new[] { created.StatusCode, read.StatusCode, other.StatusCode });
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "partition keys of every type, null and none; hierarchical, nested and `/id`")]
    public async Task Null_none_and_the_empty_string_are_three_keys(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync();

        foreach (var json in new[] { "null", "", "\"\"" })
        {
            using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8(json.Length == 0 ? "{\"id\":\"1\"}" : $"{{\"id\":\"1\",\"pk\":{json}}}"), Key(json));
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }
    }

    [Theory, OverBothTransports]
    public async Task A_key_other_than_the_bodys_is_400_with_substatus_1001(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.KeyOf("t1", "s2")));

        Assert.Equal((HttpStatusCode.BadRequest, 1001), (exception.StatusCode, exception.SubStatusCode));
        Assert.Single(cosmos.Wire.Items);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "partition keys of every type, null and none; hierarchical, nested and `/id`")]
    public async Task Half_a_hierarchical_key_does_not_name_an_item(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => container.ReadItemAsync<Item>("1", new PartitionKeyBuilder().Add("t1").Build()));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "partition keys of every type, null and none; hierarchical, nested and `/id`")]
    public async Task A_nested_path_is_a_key_too(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync("/a/b");

        using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8("{\"id\":\"1\",\"a\":{\"b\":\"x\"}}"), new PartitionKey("x"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "partition keys of every type, null and none; hierarchical, nested and `/id`")]
    public async Task A_container_keyed_by_id_works(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync("/id");

        using var created = await container.CreateItemStreamAsync(CosmosFixture.Utf8("{\"id\":\"1\"}"), new PartitionKey("1"));
        var read = await container.ReadItemAsync<JsonElement>("1", new PartitionKey("1"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("1", read.Resource.GetProperty("id").GetString());
    }

    private static PartitionKey Key(string json) => json switch
    {
        "" => PartitionKey.None,
        "null" => PartitionKey.Null,
        "true" or "false" => new PartitionKey(json == "true"),
        ['"', ..] => new PartitionKey(json.Trim('"')),
        _ => new PartitionKey(double.Parse(json, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
