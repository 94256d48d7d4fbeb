using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;

namespace QANexus.EventStore.Cosmos.Tests.Schema;

public sealed class CosmosSchemaTests
{
    [Fact]
    public async Task The_containers_exist_as_declared_and_creating_them_again_changes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await CosmosSchema.CreateAsync(fixture.Process.Client, "qanexus", CancellationToken.None);
        var database = fixture.Process.Client.GetDatabase("qanexus");
        foreach (var declared in CosmosSchema.Containers())
        {
            var actual = (await database.GetContainer(declared.Id).ReadContainerAsync()).Resource;
            Assert.Equal(declared.PartitionKeyPaths, actual.PartitionKeyPaths);
            Assert.Equal(
                declared.UniqueKeyPolicy.UniqueKeys.SelectMany(static key => key.Paths), actual.UniqueKeyPolicy.UniqueKeys.SelectMany(static key => key.Paths));
            Assert.Equal(
                declared.IndexingPolicy.IncludedPaths.Select(static path => path.Path), actual.IndexingPolicy.IncludedPaths.Select(static path => path.Path));
            Assert.Equal(declared.DefaultTimeToLive, actual.DefaultTimeToLive);
            Assert.Contains(actual.IndexingPolicy.ExcludedPaths, static path => path.Path == "/*");
        }
    }

    [Fact]
    public void The_events_container_indexes_what_the_storage_document_says()
    {
        var events = Assert.Single(CosmosSchema.Containers(), static c => c.Id == ContainerNames.Events);
        Assert.Equal(
            [
                "/tenantId/?", "/streamId/?", "/version/?", "/commitId/?", "/storedAt/?", "/occurredFrom/?", "/occurredTo/?",
                "/eventTypes/[]/?", "/events/[]/eventId/?",
            ],
            events.IndexingPolicy.IncludedPaths.Select(static path => path.Path));
        Assert.Null(events.DefaultTimeToLive);
    }

    /// <summary>What the change-feed processor asks for: its key, and a time to live for the lock that it makes the first leases under.</summary>
    [Fact]
    public void The_leases_container_is_one_that_a_change_feed_processor_takes()
    {
        var leases = Assert.Single(CosmosSchema.Containers(), static c => c.Id == ContainerNames.Leases);

        Assert.Equal(["/id"], leases.PartitionKeyPaths);
        Assert.Equal(-1, leases.DefaultTimeToLive);
        Assert.Empty(leases.IndexingPolicy.IncludedPaths);
    }
}
