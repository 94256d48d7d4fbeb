using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Signing;

public sealed class StoredSigningKeysTests
{
    private static readonly PartitionKey Partition = new PartitionKeyBuilder().Add("$system").Add("$keys").Build();

    [Fact]
    public async Task All_processes_share_the_keys_that_the_first_one_made_even_when_all_start_at_once()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var rings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
        {
            var process = fixture.StartProcess();
            return Task.Run(async () => await process.Keys.GetAsync(refresh: false, CancellationToken.None));
        }));
        Assert.Single(rings.Select(static ring => Convert.ToHexString(ring.Sign("x"u8, 32))).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_answer_lost_while_the_keys_are_made_leaves_one_key()
    {
        await using var fixture = await StoreFixture.StartAsync();
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Create], Times = 1 });
        var ring = await fixture.Process.Keys.GetAsync(refresh: false, CancellationToken.None);
        var other = await fixture.StartProcess().Keys.GetAsync(refresh: false, CancellationToken.None);
        Assert.True(other.Verify("x"u8, ring.Sign("x"u8, 16)));
    }

    [Fact]
    public async Task A_key_that_was_added_is_noticed_when_something_does_not_verify_and_30_seconds_have_passed()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var before = await fixture.Process.Keys.GetAsync(refresh: false, CancellationToken.None);
        var container = fixture.Process.Client.GetContainer("qanexus", ContainerNames.Subscriptions);
        using var response = await container.ReadItemStreamAsync("$keys", Partition);
        var document = JsonNode.Parse(response.Content)!.AsObject();
        document["keys"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "2", ["createdAt"] = "2026-11-23T10:00:00+00:00", ["secret"] = Convert.ToBase64String(new byte[32]),
        });
        using var replaced = await container.ReplaceItemStreamAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())), "$keys", Partition);
        Assert.True(replaced.IsSuccessStatusCode);

        var rotated = await fixture.StartProcess().Keys.GetAsync(refresh: false, CancellationToken.None);
        var signature = rotated.Sign("x"u8, 16);
        Assert.True(rotated.Verify("x"u8, before.Sign("x"u8, 16)));
        Assert.False((await fixture.Process.Keys.GetAsync(refresh: true, CancellationToken.None)).Verify("x"u8, signature));
        fixture.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.False((await fixture.Process.Keys.GetAsync(refresh: false, CancellationToken.None)).Verify("x"u8, signature));
        Assert.True((await fixture.Process.Keys.GetAsync(refresh: true, CancellationToken.None)).Verify("x"u8, signature));
    }
}
